import { sleep, until } from '@tributary/testing';
import { ConnectClient, type Member, type TributaryCluster } from '@tributary/tools/cluster';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fixture } from './fixture.js';
import { Owner } from './owner.js';

let fixture: Fixture;
let cluster: TributaryCluster;
let gateways: readonly [ConnectClient, ConnectClient];
let source: Record<string, string>;

beforeAll(async () => {
  fixture = await Fixture.start();
  cluster = await fixture.cluster('loss', 1, { 'session.timeout.ms': '6000' });
  const [second] = await Promise.all([cluster.add('gateway'), cluster.add('herder')]);
  gateways = [cluster.client, new ConnectClient(second.url)];
  source = { 'connector.class': 'FileStreamSource', file: fixture.file('in.txt'), topic: 'loss' };
});
afterAll(() => fixture.dispose());

/** The herder that leads: the one that has been there longest. */
function leader(): Member {
  const [first] = cluster.of('herder');
  if (first === undefined) throw new Error('no herder is left');
  return first;
}

/** How the leaders end, one after the other. */
const ENDS = ['SIGKILL', 'SIGTERM', 'SIGKILL'] as const;
/** Between two requests of a client, milliseconds: connectors that come and go are work for the executor. */
const PACE_MS = 25;

test('every answer is true while leaders end under the requests', async () => {
  const [one, other] = gateways;
  const owners = [0, 1, 2, 3].map(
    (n) => new Owner(`owned-${n}`, source, n % 2 === 0 ? one : other, n % 2 === 0 ? other : one),
  );
  await one.create('shared', source);
  const patched: Record<string, string> = {};
  let over = false;
  let answered = 0;
  const goOn = async (step: () => Promise<void>) => {
    try {
      for (; !over; await sleep(PACE_MS)) {
        await step();
        answered += 1;
      }
    } finally {
      over = true;
    }
  };
  const patching = (key: string, gateway: ConnectClient) => async () => {
    const value = String(answered);
    const { status, body } = await gateway.send('PATCH', '/connectors/shared/config', { [key]: value });
    expect([status, body]).toMatchObject([200, { config: { [key]: value } }]);
    patched[key] = value;
  };
  const busy = [
    ...owners.map((owner) => goOn(() => owner.step())),
    ...gateways.map((gateway, n) => goOn(patching(`patched.${n}`, gateway))),
  ];
  const ending = async () => {
    for (const [turn, signal] of ENDS.entries()) {
      const leading = leader();
      const before = answered;
      await until('requests to be under way', () => over || answered > before + 10, 60_000);
      const racing = Promise.all([0, 1, 2, 3].map((n) => race(`raced-${turn}`, n)));
      await cluster.end(leading, signal);
      await cluster.add('herder');
      expect((await racing).filter((won) => won)).toHaveLength(1);
    }
  };
  await Promise.all([ending().finally(() => (over = true)), ...busy]);

  const expected = [...owners.flatMap((owner) => owner.present), 'shared', ...ENDS.map((_, turn) => `raced-${turn}`)];
  for (const gateway of gateways) {
    expect(((await gateway.get('/connectors')).body as string[]).toSorted()).toEqual(expected.toSorted());
    expect((await gateway.get('/connectors/shared/config')).body).toMatchObject(patched);
    for (const owner of owners) await owner.check(gateway);
  }
  for (const owner of owners) await owner.untilSettled();
});

/** Whether this was the one of several clients that created the connector, which must then be as this one wanted it. */
async function race(name: string, n: number): Promise<boolean> {
  const gateway = gateways[n % 2] ?? gateways[0];
  const { status, body } = await gateway.post('/connectors', { name, config: { ...source, racer: String(n) } });
  if (status !== 201) {
    expect([status, body]).toEqual([409, { error_code: 409, message: `Connector ${name} already exists` }]);
    return false;
  }
  expect((await gateway.get(`/connectors/${name}/config`)).body).toMatchObject({ racer: String(n) });
  return true;
}

test('a task is restarted as soon as there is an executor that runs it', async () => {
  const [gateway] = gateways;
  await gateway.create('lonely', source);
  await gateway.untilState('lonely', 'RUNNING', 1, 60_000);
  const [executor] = cluster.of('task-executor');
  if (executor === undefined) throw new Error('no executor');
  await cluster.end(executor, 'SIGTERM');
  let answered = false;
  const restarted = gateway.post('/connectors/lonely/tasks/0/restart').finally(() => (answered = true));
  expect((await gateway.get('/connectors/lonely/tasks/0/status')).body).toMatchObject({ state: 'UNASSIGNED' });
  expect(answered).toBe(false);
  await cluster.add('task-executor');
  expect((await restarted).status).toBe(204);
  await gateway.untilState('lonely', 'RUNNING', 1, 60_000);
});
