import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { until } from '@tributary/testing';
import type { ConnectClient, TributaryCluster } from '@tributary/tools/cluster';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fixture, STRINGS } from './fixture.js';
import { linesOf, logLine, numbersOf } from './printed-lines.js';

const PLUGINS = fileURLToPath(new URL('../../../libs/test-plugins', import.meta.url));
const TOOLS = 'org.apache.kafka.connect.tools';
const INTEGRATION = 'org.apache.kafka.connect.integration';

let fixture: Fixture;
let cluster: TributaryCluster;
let client: ConnectClient;

beforeAll(async () => {
  fixture = await Fixture.start();
  cluster = await fixture.cluster('test-connectors', 2, {
    'plugin.path': PLUGINS,
    'offset.flush.interval.ms': '500',
  });
  client = cluster.client;
});
afterAll(() => fixture.dispose());

test('the test connectors are there by the names of the reference, each of them', async () => {
  const { body } = await client.get('/connector-plugins');
  expect(body).toEqual(
    expect.arrayContaining([
      ...['VerifiableSource', 'MockSource', 'SchemaSource'].map((name) => plugin(TOOLS, name, 'source', '4.3.1')),
      ...['VerifiableSink', 'MockSink'].map((name) => plugin(TOOLS, name, 'sink', '4.3.1')),
      ...['TestableSource', 'MonitorableSource'].map((name) =>
        plugin(INTEGRATION, name, 'source', 'some great version'),
      ),
      ...['TestableSink', 'MonitorableSink'].map((name) => plugin(INTEGRATION, name, 'sink', 'some great version')),
    ]),
  );
});

test('what a verifiable source printed as committed, a verifiable sink prints as flushed, every number once', async () => {
  await client.create('numbers-in', {
    'connector.class': `${TOOLS}.VerifiableSourceConnector`,
    topic: 'numbers',
    throughput: '200',
    'tasks.max': '2',
  });
  await client.create('numbers-out', { 'connector.class': 'VerifiableSink', topics: 'numbers', 'tasks.max': '2' });
  await client.untilState('numbers-in', 'RUNNING', 2);
  const committed = () => linesOf(cluster, 'numbers-in').filter((line) => line.committed);
  const flushed = () => linesOf(cluster, 'numbers-out').filter((line) => line.flushed);
  const both = [0, 1];
  await until('300 numbers of each task', () => both.every((t) => numbersOf(committed(), t).length >= 300), 60_000);

  expect((await client.put('/connectors/numbers-in/stop')).status).toBe(204);
  await client.untilState('numbers-in', 'STOPPED', 0);
  // Its tasks may send some more while they stop.
  const sides = () => both.map((task) => ({ sent: numbersOf(committed(), task), got: numbersOf(flushed(), task) }));
  const { body, tasks } = await until(
    'the sink to have all, and the last offsets to be stored',
    async () => {
      const { body: stored } = await client.get('/connectors/numbers-in/offsets');
      const seen = sides();
      const texts = seen.map(({ sent }, id) =>
        JSON.stringify({ partition: { id }, offset: { seqno: sent.length - 1 } }),
      );
      const areStored = texts.every((text) => JSON.stringify(stored).includes(text));
      const isOver = areStored && seen.every(({ sent, got }) => got.length >= sent.length);
      return isOver ? { body: stored, tasks: seen } : undefined;
    },
    60_000,
  );
  for (const { sent, got } of tasks) {
    expect(sent).toEqual(sent.map((_, index) => index));
    expect(got.sort((a, b) => a - b)).toEqual(sent);
  }
  expect((body as { offsets: unknown[] }).offsets).toHaveLength(both.length);
});

test.each(['Source', 'Sink'])('a mock %s fails after its delay, the connector or its task', async (kind) => {
  const props = { 'connector.class': `${TOOLS}.Mock${kind}Connector`, topic: 'none', ...topics(kind, 'none') };
  const delay = { delay_ms: '1500' };
  await client.create(`task-${kind}`, { ...props, ...delay, mock_mode: 'task-failure', 'tasks.max': '3' });
  await client.create(`connector-${kind}`, { ...props, ...delay, mock_mode: 'connector-failure' });
  await client.create(`healthy-${kind}`, props);

  const task = await statusWhen(`task-${kind}`, ({ tasks }) => tasks[0]?.state === 'FAILED');
  expect(task.connector.state).toBe('RUNNING');
  expect(task.tasks).toHaveLength(1);
  expect(task.tasks[0]?.trace).toContain('java.lang.RuntimeException\n');
  const connector = await statusWhen(`connector-${kind}`, (status) => status.connector.state === 'FAILED');
  expect(connector.connector.trace).toMatch(/^java\.lang\.RuntimeException\n/);
  await client.untilState(`healthy-${kind}`, 'RUNNING', 1);

  const said = logLine(cluster, `task task-${kind}-0 failed`);
  expect(said).toMatchObject({ level: 'error', connector: `task-${kind}`, task: 0 });
});

test('a schema source writes both versions of its schema', async () => {
  const file = fixture.file('structs.txt');
  await client.create('structs', {
    'connector.class': `${TOOLS}.SchemaSourceConnector`,
    topic: 'structs',
    throughput: '100',
    'num.messages': '4',
    'multiple.schema': 'true',
    'partition.count': '3',
  });
  await client.create('structs-out', { 'connector.class': 'FileStreamSink', file, topics: 'structs', ...STRINGS });
  const lines = () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []);
  await until('four structs to arrive', () => lines().length === 4, 30_000);
  const structs = lines().map((line) => JSON.parse(line) as { schema: unknown; payload: unknown });
  const fixed = { boolean: true, int: 12, long: 12, float: 12.2, double: 12.2, id: 0 };
  expect(structs.map(({ payload }) => payload)).toEqual([
    { ...fixed, partitioning: 0, seqno: 0 },
    { ...fixed, partitioning: 1, seqno: 1, string: 'def' },
    { ...fixed, partitioning: 2, seqno: 2 },
    { ...fixed, partitioning: 0, seqno: 3, string: 'def' },
  ]);
  expect(structs[0]?.schema).toMatchObject({ type: 'struct', name: 'record', version: 1, optional: false });
  expect(structs[1]?.schema).toMatchObject({
    version: 2,
    fields: expect.arrayContaining([{ type: 'string', optional: false, default: 'abc', field: 'string' }]) as unknown,
  });
});

test.each(['Testable', 'Monitorable'])('a %s source is read to its end by a sink of the same name', async (family) => {
  const topic = `read-${family}`;
  await client.create(`${topic}-in`, {
    'connector.class': `${INTEGRATION}.${family}SourceConnector`,
    topic,
    'max.messages': '25',
    'messages.per.poll': '10',
    'tasks.max': '2',
  });
  await client.create(`${topic}-out`, { 'connector.class': `${family}Sink`, topics: topic, 'tasks.max': '2' });
  await client.untilState(`${topic}-out`, 'RUNNING', 2);
  await untilOffsets(`${topic}-in`, [
    { partition: { 'task.id': `${topic}-in-0` }, offset: { saved: 25 } },
    { partition: { 'task.id': `${topic}-in-1` }, offset: { saved: 25 } },
  ]);
  await untilOffsets(`${topic}-out`, [
    { partition: { kafka_topic: topic, kafka_partition: 0 }, offset: { kafka_offset: 50 } },
  ]);
});

interface Status {
  readonly connector: { readonly state: string; readonly trace?: string };
  readonly tasks: readonly { readonly state: string; readonly trace?: string }[];
}

function plugin(packageName: string, name: string, type: string, version: string) {
  return { class: `${packageName}.${name}Connector`, type, version };
}

function topics(kind: string, names: string): Readonly<Record<string, string>> {
  return kind === 'Sink' ? { topics: names } : {};
}

async function statusWhen(name: string, isSo: (status: Status) => boolean): Promise<Status> {
  const status = async () => {
    const answer = await client.get(`/connectors/${name}/status`);
    const found = answer.body as Status;
    return answer.status === 200 && isSo(found) ? found : undefined;
  };
  return until(`${name} to fail`, status, 30_000);
}

/** In any order. */
async function untilOffsets(name: string, offsets: readonly unknown[]): Promise<void> {
  const sorted = (list: readonly unknown[]) => list.map((each) => JSON.stringify(each, sortedKeys)).sort();
  const reached = async () => {
    const { body } = await client.get(`/connectors/${name}/offsets`);
    const found = (body as { offsets?: readonly unknown[] }).offsets ?? [];
    return sorted(found).join() === sorted(offsets).join();
  };
  await until(`the offsets of ${name}`, reached, 30_000);
}

function sortedKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
