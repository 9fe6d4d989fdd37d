import { ConnectClient } from '@tributary/tools/cluster';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fixture } from './fixture.js';

const ROUNDS = 5;

let fixture: Fixture;
/** two gateways of one cluster */
let one: ConnectClient;
let other: ConnectClient;
beforeAll(async () => {
  fixture = await Fixture.start();
  const cluster = await fixture.cluster('gateways', 1);
  one = cluster.client;
  other = new ConnectClient((await cluster.add('gateway')).url);
});
afterAll(() => fixture.dispose());

type Config = Readonly<Record<string, string>>;

/** The configs of all connectors as the ways of asking for them show them. */
async function everyWay(name: string): Promise<(Config | undefined)[]> {
  const expanded = async (query: string) => {
    const { body } = await other.get(`/connectors?${query}`);
    return (body as Record<string, { info: { config: Config } }>)[name]?.info.config;
  };
  const single = async (path: string) => {
    const { status, body } = await other.get(path);
    return status === 404 ? undefined : (body as { config: Config }).config;
  };
  return Promise.all([
    single(`/connectors/${name}`),
    single(`/connectors/${name}/`),
    expanded('expand=info'),
    expanded('expand=info&expand=info'),
  ]);
}

test('what is changed through one gateway is read from another, however often it was read before', async () => {
  const name = 'changing';
  const config = { 'connector.class': 'FileStreamSource', file: '/nowhere', topic: 't' };
  const created = await one.post('/connectors', { name, config, initial_state: 'STOPPED' });
  expect(created.status).toBe(201);
  for (let round = 0; round < ROUNDS; round++) {
    const changed = { ...config, name, round: String(round) };
    expect((await one.put(`/connectors/${name}/config`, changed)).status).toBe(200);
    expect(await everyWay(name)).toEqual([changed, changed, changed, changed]);
  }
  expect((await one.delete(`/connectors/${name}`)).status).toBe(204);
  expect(await everyWay(name)).toEqual([undefined, undefined, undefined, undefined]);
});

test('a status that one gateway shows another shows as well', async () => {
  const name = 'pausing';
  const config = { 'connector.class': 'FileStreamSource', file: '/nowhere', topic: 't' };
  await one.create(name, config);
  await one.untilState(name, 'RUNNING', 1);
  for (const [change, state] of [
    ['pause', 'PAUSED'],
    ['resume', 'RUNNING'],
  ]) {
    await one.put(`/connectors/${name}/${change}`);
    const shown = await one.untilState(name, String(state), 1);
    expect((await other.get(`/connectors/${name}/status`)).body).toEqual(shown);
    const { body } = await other.get('/connectors?expand=status');
    expect((body as Record<string, unknown>)[name]).toEqual({ status: shown });
  }
});
