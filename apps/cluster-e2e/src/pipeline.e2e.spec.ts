import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { until } from '@tributary/testing';
import { ConnectClient, type TributaryCluster } from '@tributary/tools/cluster';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Fixture, STRINGS } from './fixture.js';

let fixture: Fixture;
let cluster: TributaryCluster;

beforeAll(async () => {
  fixture = await Fixture.start();
  cluster = await fixture.cluster('pipeline', 1, {
    'config.providers': 'file',
    'config.providers.file.class': 'org.apache.kafka.common.config.provider.FileConfigProvider',
  });
});
afterAll(() => fixture.dispose());

const contentOf = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

test('a file flows through a topic into a file, follows its growth, pauses, resumes and goes', async () => {
  const { client } = cluster;
  const [input, output] = [fixture.file('in.txt'), fixture.file('out.txt')];
  writeFileSync(input, 'one\ntwo\n');
  await client.create('lines-in', { 'connector.class': 'FileStreamSource', file: input, topic: 'lines', ...STRINGS });
  await client.create('lines-out', { 'connector.class': 'FileStreamSink', file: output, topics: 'lines', ...STRINGS });
  await until('both lines to arrive', () => contentOf(output) === 'one\ntwo\n', 30_000);

  appendFileSync(input, 'three\nfour without end');
  await until('the third line to arrive', () => contentOf(output) === 'one\ntwo\nthree\n', 30_000);

  expect((await client.put('/connectors/lines-in/pause')).status).toBe(202);
  await client.untilState('lines-in', 'PAUSED', 1);
  appendFileSync(input, '\nfive\n');
  expect((await client.put('/connectors/lines-in/resume')).status).toBe(202);
  await client.untilState('lines-in', 'RUNNING', 1);
  await until('all lines to arrive', () => contentOf(output) === 'one\ntwo\nthree\nfour without end\nfive\n', 30_000);

  expect((await client.get('/connectors/lines-in/topics')).body).toEqual({ 'lines-in': { topics: ['lines'] } });
  expect((await client.put('/connectors/lines-in/topics/reset')).status).toBe(202);
  expect((await client.get('/connectors/lines-in/topics')).body).toEqual({ 'lines-in': { topics: [] } });

  for (const name of ['lines-in', 'lines-out']) {
    expect((await client.delete(`/connectors/${name}`)).status).toBe(204);
    expect(await client.get(`/connectors/${name}`)).toMatchObject({
      status: 404,
      body: { error_code: 404, message: `Connector ${name} not found` },
    });
    await until(
      `the status of ${name} to go`,
      async () => (await client.get(`/connectors/${name}/status`)).status === 404,
      30_000,
    );
  }
});

test('a connector that was deleted and made again goes on from its offsets', async () => {
  const { client } = cluster;
  const [input, output] = [fixture.file('again-in.txt'), fixture.file('again-out.txt')];
  const source = { 'connector.class': 'FileStreamSource', file: input, topic: 'again', ...STRINGS };
  writeFileSync(input, 'before\n');
  await client.create('again-in', source);
  await client.create('again-out', { 'connector.class': 'FileStreamSink', file: output, topics: 'again', ...STRINGS });
  await until('the first line to arrive', () => contentOf(output) === 'before\n', 30_000);
  await client.delete('/connectors/again-in');
  await until(
    'the source to be gone',
    async () => (await client.get('/connectors/again-in/status')).status === 404,
    30_000,
  );
  appendFileSync(input, 'after\n');
  await client.create('again-in', source);
  await until('the second line to arrive', () => contentOf(output) === 'before\nafter\n', 30_000);
});

test('variables are replaced where a connector runs, and stay variables in all that can be read', async () => {
  const { client } = cluster;
  const [input, output] = [fixture.file('secret-in.txt'), fixture.file('secret-out.txt')];
  const secrets = fixture.file('secrets.properties');
  const variable = (key: string) => `\${file:${secrets}:${key}}`;
  writeFileSync(input, 'hidden\n');
  writeFileSync(secrets, `input=${input}\noutput=${output}\n`);
  const config = { 'connector.class': 'FileStreamSource', file: variable('input'), topic: 'hidden', ...STRINGS };
  await client.create('secret-in', config);
  const sink = { 'connector.class': 'FileStreamSink', file: variable('output'), topics: 'hidden', ...STRINGS };
  await client.create('secret-out', sink);
  await until('the line to arrive', () => contentOf(output) === 'hidden\n', 30_000);
  const readable = await Promise.all(
    ['', '/config', '/tasks', '/status'].map(async (part) => (await client.get(`/connectors/secret-in${part}`)).body),
  );
  expect(JSON.stringify(readable)).not.toContain(input);
  expect(readable[1]).toMatchObject({ file: variable('input') });
  expect(readable[2]).toMatchObject([{ config: { file: variable('input') } }]);
});

describe('of two gateways', () => {
  const ROUNDS = 5;
  let one: ConnectClient;
  let other: ConnectClient;
  beforeAll(async () => {
    one = cluster.client;
    other = new ConnectClient((await cluster.add('gateway')).url);
  });

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

  test('what one gateway has written, another one reads at once', async () => {
    for (let n = 0; n < 20; n++) {
      const file = fixture.file(`own-${n}`);
      await one.create(`own-${n}`, { 'connector.class': 'FileStreamSource', file, topic: 'own', ...STRINGS });
      expect((await other.get(`/connectors/own-${n}`)).status).toBe(200);
      await other.delete(`/connectors/own-${n}`);
      expect((await one.get(`/connectors/own-${n}`)).status).toBe(404);
    }
  });
});
