import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { until } from '@tributary/testing';
import type { Member, TributaryCluster } from '@tributary/tools/cluster';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Fixture, STRINGS } from './fixture.js';
import { appendNumberedLines, arrivalOf } from './numbered-lines.js';

const PLUGINS = fileURLToPath(new URL('../test/plugins', import.meta.url));
const GRACE_MS = 1_000;
/** of a request, of the group and of a thread that starts, on a slow machine */
const SLACK_MS = 8_000;
/** of what must come to pass, and may take long where others run beside */
const DEADLINE_MS = 60_000;

let fixture: Fixture;
let cluster: TributaryCluster;
let executor: Member | undefined;
let lines = 0;

beforeAll(async () => {
  fixture = await Fixture.start();
  cluster = await fixture.cluster('faults', 1, {
    'plugin.path': PLUGINS,
    'executor.max.threads': '2',
    'executor.host.memory.mb': '96',
    'executor.host.unresponsive.ms': '2000',
    'task.shutdown.graceful.timeout.ms': String(GRACE_MS),
    'offset.flush.interval.ms': '300',
  });
  executor = cluster.of('task-executor')[0];
  const { client } = cluster;
  appendNumberedLines(input(), 1, 1);
  lines = 1;
  const consumer = { 'consumer.override.session.timeout.ms': '6000' };
  await client.create('in', { 'connector.class': 'FileStreamSource', file: input(), topic: 'numbers', ...STRINGS });
  await client.create('out', {
    'connector.class': 'FileStreamSink',
    file: output(),
    topics: 'numbers',
    ...consumer,
    ...STRINGS,
  });
  await client.untilState('in', 'RUNNING', 1);
  await client.untilState('out', 'RUNNING', 1);
});
afterAll(() => fixture.dispose());

const input = () => fixture.file('in.txt');
const output = () => fixture.file('out.txt');

/** Lines that are written now reach the other end, and none before them is missing. */
async function neighboursFare(): Promise<void> {
  appendNumberedLines(input(), lines + 1, lines + 500);
  lines += 500;
  await until(`line ${lines} to arrive`, () => arrivalOf(output(), lines).missing === 0, DEADLINE_MS);
  await cluster.client.untilState('in', 'RUNNING', 1);
  await cluster.client.untilState('out', 'RUNNING', 1);
  expect(executor?.child.exit).toBeUndefined();
}

interface TaskBody {
  readonly state: string;
  readonly trace?: string;
}
const taskOf = async (name: string) => {
  const { status, body } = await cluster.client.get(`/connectors/${name}/status`);
  return status === 200 ? (body as { tasks: TaskBody[] }).tasks[0] : undefined;
};
async function traceOfFailed(name: string, deadlineMs = DEADLINE_MS): Promise<string> {
  const failed = async () => {
    const task = await taskOf(name);
    if (task?.state === 'FAILED') return task.trace;
    throw new Error(`it is ${JSON.stringify(task)}`);
  };
  return until(`the task of ${name} to fail`, failed, deadlineMs);
}

async function within<T>(ms: number, what: string, work: () => Promise<T>): Promise<T> {
  const began = Date.now();
  const result = await work();
  expect(Date.now() - began, what).toBeLessThan(ms);
  return result;
}

async function gone(name: string): Promise<void> {
  expect((await cluster.client.delete(`/connectors/${name}`)).status).toBe(204);
  await within(GRACE_MS + SLACK_MS, `deleting ${name}`, () =>
    until(
      `${name} to be gone`,
      async () => (await cluster.client.get(`/connectors/${name}/status`)).status === 404,
      20_000,
    ),
  );
}

const faulty = (name: string, fault: Record<string, string>) => ({
  'connector.class': 'FaultySource',
  'tasks.max': '1',
  topic: name,
  count: '1000',
  ...STRINGS,
  ...fault,
});

describe('a source task that', () => {
  test.each([
    ['throw', 'start', /told to throw/],
    ['throw', 'poll', /told to throw/],
    ['reject', 'poll', /promise rejection uncaught: told to reject later/],
    ['timer', 'poll', /exception uncaught: told to throw from a timer/],
    ['exit', 'poll', /plugin called process\.exit\(7\)/],
    ['block', 'poll', /plugin code blocked its thread: the event loop did not turn for 2000 ms/],
    ['block', 'start', /plugin code blocked its thread: the event loop did not turn for 2000 ms/],
    ['memory', 'poll', /plugin code ran out of memory: a host thread may use 96 MiB \(executor\.host\.memory\.mb\)/],
  ])('does %s in %s fails with that reason, alone', async (fault, method, reason) => {
    const name = `${fault}-${method}`;
    const at: Record<string, string> = method === 'poll' ? { 'fault.at': '100' } : {};
    await cluster.client.create(name, faulty(name, { fault, 'fault.in': method, ...at }));
    expect(await traceOfFailed(name)).toMatch(reason);
    await neighboursFare();
    await gone(name);
  });

  test.each(['start', 'poll'])('hangs in %s can be restarted, paused and deleted in time', async (method) => {
    const name = `hang-${method}`;
    const { client } = cluster;
    const config = faulty(name, { fault: 'hang', 'fault.in': method });
    await client.create(name, config);
    await neighboursFare();
    const restart = async () => (await client.post(`/connectors/${name}/tasks/0/restart`)).status === 204;
    await until('the task to be known and restarted', restart, GRACE_MS + SLACK_MS);
    expect((await client.put(`/connectors/${name}/pause`)).status).toBe(202);
    expect((await client.put(`/connectors/${name}/resume`)).status).toBe(202);
    // a configuration without the fault takes its place
    expect((await client.put(`/connectors/${name}/config`, faulty(name, {}))).status).toBe(200);
    await client.untilState(name, 'RUNNING', 1, GRACE_MS + SLACK_MS);
    await client.put(`/connectors/${name}/config`, config);
    await gone(name);
    await neighboursFare();
  });

  test.each(['hang', 'block', 'throw'])('does %s in stop is gone in time all the same', async (fault) => {
    const name = `${fault}-stop`;
    await cluster.client.create(name, faulty(name, { fault, 'fault.in': 'stop' }));
    await cluster.client.untilState(name, 'RUNNING', 1);
    await gone(name);
    await neighboursFare();
  });
});

test('a source task that says twice that its trouble will pass goes on and loses nothing', async () => {
  const fault = { fault: 'retriable', 'fault.in': 'poll', 'fault.at': '300', 'fault.times': '3', topic: 'retried' };
  await cluster.client.create('retried', faulty('retried', fault));
  const file = fixture.file('retried.txt');
  await cluster.client.create('retried-out', {
    'connector.class': 'FaultySink',
    topics: 'retried',
    file,
    'tasks.max': '1',
    fault: 'retriable',
    'fault.in': 'put',
    'fault.at': '100',
    'fault.times': '3',
    ...STRINGS,
  });
  await until('all to arrive', () => arrivalOf(file, 1000).missing === 0, DEADLINE_MS);
  expect(arrivalOf(file, 1000)).toMatchObject({ duplicates: 0, foreign: [] });
  for (const name of ['retried', 'retried-out']) await gone(name);
});

test('a value that no converter takes fails the task, or is skipped where errors are tolerated', async () => {
  const { client } = cluster;
  await client.create('poisoned', faulty('poisoned', { poison: '50' }));
  const trace = await traceOfFailed('poisoned');
  expect(trace).toMatch(/ConnectException: Tolerance exceeded in error handler/);
  expect(trace).toMatch(/Caused by: /);
  expect(
    (await client.put('/connectors/poisoned/config', faulty('poisoned', { poison: '50', 'errors.tolerance': 'all' })))
      .status,
  ).toBe(200);
  const file = fixture.file('poisoned.txt');
  await client.create('poisoned-out', { 'connector.class': 'FileStreamSink', topics: 'poisoned', file, ...STRINGS });
  await until('all others to arrive', () => arrivalOf(file, 1000).missing === 1, DEADLINE_MS);
  expect(arrivalOf(file, 1000)).toMatchObject({ firstMissing: 50 });
  for (const name of ['poisoned', 'poisoned-out']) await gone(name);
});

describe('a sink task that', () => {
  test.each([
    ['throw', 'put', /Exiting WorkerSinkTask due to unrecoverable exception[^]*told to throw/],
    ['exit', 'put', /plugin called process\.exit\(7\)/],
    ['block', 'put', /plugin code blocked its thread/],
  ])('does %s in %s fails alone, and its records come again', async (fault, method, reason) => {
    const name = `sink-${fault}`;
    const file = fixture.file(`${name}.txt`);
    const config = (more: Record<string, string>) => ({
      'connector.class': 'FaultySink',
      topics: 'numbers',
      'tasks.max': '1',
      file,
      'consumer.override.session.timeout.ms': '6000',
      ...STRINGS,
      ...more,
    });
    await cluster.client.create(name, config({ fault, 'fault.in': method }));
    expect(await traceOfFailed(name)).toMatch(reason);
    await neighboursFare();
    expect((await cluster.client.put(`/connectors/${name}/config`, config({}))).status).toBe(200);
    await until('every line to arrive', () => arrivalOf(file, lines).missing === 0, DEADLINE_MS);
    await gone(name);
  });

  test('hangs in put can be deleted in time', async () => {
    const file = fixture.file('sink-hang.txt');
    await cluster.client.create('sink-hang', {
      'connector.class': 'FaultySink',
      topics: 'numbers',
      'tasks.max': '1',
      file,
      fault: 'hang',
      'fault.in': 'put',
      ...STRINGS,
    });
    await cluster.client.untilState('sink-hang', 'RUNNING', 1);
    await neighboursFare();
    await gone('sink-hang');
    await neighboursFare();
  });
});

describe('a connector that', () => {
  const connectorState = async (name: string) => {
    const { body } = await cluster.client.get(`/connectors/${name}/status`);
    return (body as { connector?: TaskBody }).connector;
  };
  test.each([
    ['throw', 'start', /told to throw/],
    ['throw', 'taskConfigs', /told to throw/],
    ['exit', 'start', /plugin called process\.exit\(7\)/],
    ['exit', 'taskConfigs', /plugin called process\.exit\(7\)/],
    ['timer', 'start', /told to throw from a timer/],
    ['block', 'start', /plugin code blocked its thread/],
  ])('does %s in %s fails, the others run on', async (fault, method, reason) => {
    const name = `connector-${fault}-${method}`;
    await cluster.client.create(name, faulty(name, { fault, 'fault.in': `connector.${method}` }));
    const trace = await until(
      `connector ${name} to fail`,
      async () => {
        const connector = await connectorState(name);
        if (connector?.state === 'FAILED') return connector.trace;
        throw new Error(`it is ${JSON.stringify(connector)}`);
      },
      20_000,
    );
    expect(trace).toMatch(reason);
    expect((await cluster.client.put(`/connectors/${name}/config`, faulty(name, {}))).status).toBe(200);
    await cluster.client.untilState(name, 'RUNNING', 1);
    await gone(name);
  });

  test.each(['start', 'taskConfigs', 'stop'])('hangs in %s can be changed and deleted', async (method) => {
    const name = `connector-hang-${method}`;
    const config = faulty(name, { fault: 'hang', 'fault.in': `connector.${method}` });
    await cluster.client.create(name, config);
    const status = await cluster.client.put(`/connectors/${name}/config`, faulty(name, {}));
    expect(status.status).toBe(200);
    await cluster.client.untilState(name, 'RUNNING', 1);
    await cluster.client.put(`/connectors/${name}/config`, config);
    await gone(name);
  });
});

test('no process has died of it', async () => {
  await neighboursFare();
  expect(cluster.members.map(({ child }) => child.exit)).toEqual(cluster.members.map(() => undefined));
  const log = readFileSync(executor?.child.logFile ?? '', 'utf8');
  expect(log).not.toMatch(/"level":"fatal"/);
  expect(existsSync(output())).toBe(true);
});
