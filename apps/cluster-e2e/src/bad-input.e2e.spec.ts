import { mkdirSync, readFileSync, renameSync, rmdirSync, statSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kafkaClients } from '@tributary/kafka-client';
import { until } from '@tributary/testing';
import type { TributaryCluster } from '@tributary/tools/cluster';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fixture, STRINGS } from './fixture.js';
import { appendNumberedLines, arrivalOf } from './numbered-lines.js';

const PLUGINS = fileURLToPath(new URL('../test/plugins', import.meta.url));
/** bits of a batch's attributes */
const COMPRESSION = { gzip: 1, lz4: 3 } as const;

let fixture: Fixture;
let cluster: TributaryCluster;
beforeAll(async () => {
  fixture = await Fixture.start({ 'auto.create.topics.enable': 'false' });
  cluster = await fixture.cluster('input', 1, {
    'plugin.path': PLUGINS,
    'offset.flush.interval.ms': '300',
    'producer.compression.type': 'gzip',
    'consumer.max.poll.records': '9',
  });
});
afterAll(() => fixture.dispose());

const admin = () => kafkaClients.admin({ 'bootstrap.servers': fixture.broker.bootstrapServers });
async function createTopic(name: string): Promise<void> {
  const client = admin();
  await client.createTopic({ name, partitions: 1, replicationFactor: 1, configs: {} });
  await client.close();
}

const source = (file: string, topic: string) => ({
  'connector.class': 'FileStreamSource',
  file,
  topic,
  'topic.creation.default.partitions': '1',
  'topic.creation.default.replication.factor': '1',
  ...STRINGS,
});
const sink = (file: string, topics: string, more: Readonly<Record<string, string>> = {}) => ({
  'connector.class': 'FileStreamSink',
  file,
  topics,
  ...STRINGS,
  ...more,
});
const made = (topic: string, more: Readonly<Record<string, string>> = {}) => ({
  'connector.class': 'FaultySource',
  'tasks.max': '1',
  topic,
  count: '1000',
  'topic.creation.default.partitions': '1',
  'topic.creation.default.replication.factor': '1',
  ...STRINGS,
  ...more,
});

interface TaskBody {
  readonly state: string;
  readonly trace?: string;
}
const traceOf = (name: string) =>
  until(
    `the task of ${name} to fail`,
    async () => {
      const { body } = await cluster.client.get(`/connectors/${name}/status`);
      const [task] = (body as { tasks?: TaskBody[] }).tasks ?? [];
      if (task?.state === 'FAILED') return task.trace;
      throw new Error(`it is ${JSON.stringify(body)}`);
    },
    30_000,
  );
const restart = async (name: string) => {
  expect((await cluster.client.post(`/connectors/${name}/restart?includeTasks=true&onlyFailed=true`)).status).toBe(202);
  await cluster.client.untilState(name, 'RUNNING', 1);
};
const reconfigure = async (name: string, config: object) =>
  expect((await cluster.client.put(`/connectors/${name}/config`, config)).status).toBe(200);
const arrive = (file: string, last: number) =>
  until(`${last} lines in ${file}`, () => arrivalOf(file, last).missing === 0, 30_000);
const executorLog = () => readFileSync(cluster.of('task-executor')[0]?.child.logFile ?? '', 'utf8');

test('a source file that is a directory fails the task, which a restart cures', async () => {
  const [input, output] = [fixture.file('directory'), fixture.file('directory-out')];
  mkdirSync(input);
  await cluster.client.create('directory', source(input, 'directory'));
  expect(await traceOf('directory')).toMatch(/Error while trying to read file .*directory: it is a directory/);
  rmdirSync(input);
  appendNumberedLines(input, 1, 100);
  await restart('directory');
  await cluster.client.create('directory-out', sink(output, 'directory'));
  await arrive(output, 100);
});

test('a source file, cut off and replaced while it is read, and one that is not there yet', async () => {
  const { client } = cluster;
  const [input, output] = [fixture.file('later/in'), fixture.file('later-out')];
  await client.create('later', source(input, 'later'));
  await client.untilState('later', 'RUNNING', 1);
  mkdirSync(dirname(input));
  appendNumberedLines(input, 1, 1_000);
  await until('the topic', () => batchesOf('later').records === 1_000, 30_000);
  await client.create('later-out', sink(output, 'later'));
  await arrive(output, 1_000);

  truncateSync(input, 0);
  appendNumberedLines(input, 1_001, 1_500);
  await arrive(output, 1_500);

  appendNumberedLines(`${input}.new`, 1_501, 4_000);
  renameSync(`${input}.new`, input);
  await arrive(output, 4_000);
  expect(arrivalOf(output, 4_000)).toEqual({ missing: 0, firstMissing: undefined, duplicates: 0, foreign: [] });
});

/** What the broker has on its disk of a topic's one partition. */
function batchesOf(topic: string): { readonly records: number; readonly compression: number[] } {
  const log = join(dirname(fixture.broker.kafka.logFile), 'data', `${topic}-0`, '00000000000000000000.log');
  const data = statSync(log, { throwIfNoEntry: false }) === undefined ? Buffer.alloc(0) : readFileSync(log);
  let records = 0;
  const compression: number[] = [];
  for (let at = 0; at + 61 <= data.length && data.readInt32BE(at + 8) > 0; at += 12 + data.readInt32BE(at + 8)) {
    compression.push(data.readInt16BE(at + 21) & 7);
    records += data.readInt32BE(at + 57);
  }
  return { records, compression };
}

test('a sink file in a folder that is not there fails the task, which a restart cures', async () => {
  const output = fixture.file('missing/out');
  await createTopic('missing');
  await cluster.client.create('missing-out', sink(output, 'missing'));
  expect(await traceOf('missing-out')).toMatch(/Couldn't find or create file '.*missing\/out' for FileStreamSinkTask/);
  await cluster.client.create('missing', made('missing'));
  mkdirSync(dirname(output));
  await restart('missing-out');
  await arrive(output, 1_000);
});

test('a topic that nobody creates is waited for', async () => {
  const { client } = cluster;
  const [input, output] = [fixture.file('waited-in'), fixture.file('waited-out')];
  appendNumberedLines(input, 1, 500);
  await client.create('waited', { 'connector.class': 'FileStreamSource', file: input, topic: 'waited', ...STRINGS });
  await client.create('waited-out', sink(output, 'waited'));
  await client.untilState('waited', 'RUNNING', 1);
  const said = (message: string) =>
    executorLog()
      .split('\n')
      .filter((line) => line.includes('"topic":"waited"') && line.includes(message));
  const WAITING = 'waiting for a topic or partition that is not there';
  await until('a warning', () => said(WAITING).length > 0, 20_000);
  await createTopic('waited');
  await arrive(output, 500);
  await client.untilState('waited', 'RUNNING', 1);
  expect([said(WAITING).length, said('topic is there now').length]).toEqual([1, 1]);
});

test.each([
  ['an invalid name', 'not a topic!', {}, /InvalidTopicException/],
  [
    'more replicas than brokers',
    'replicas',
    { 'topic.creation.default.replication.factor': '3' },
    /InvalidReplicationFactorException: .*target replication factor of 3/,
  ],
])('a topic with %s fails the task', async (_, topic, more, reason) => {
  const name = `uncreatable-${topic.length}`;
  await cluster.client.create(name, made(topic, more));
  const trace = await traceOf(name);
  expect(trace).toMatch(/ConnectException: Task failed to create new topic /);
  expect(trace).toMatch(reason);
});

test('a record that is too large fails the task, or is skipped where errors are tolerated', async () => {
  const output = fixture.file('large-out');
  await cluster.client.create('large', made('large', { large: '50' }));
  const trace = await traceOf('large');
  expect(trace).toMatch(/Unrecoverable exception from producer send callback[^]*RecordTooLargeException/);
  await reconfigure('large', made('large', { large: '50', 'errors.tolerance': 'all' }));
  await cluster.client.create('large-out', sink(output, 'large'));
  await until('all others to arrive', () => arrivalOf(output, 1_000).missing === 1, 30_000);
  expect(arrivalOf(output, 1_000)).toMatchObject({ firstMissing: 50 });
});

test('records that the converter cannot read fail the task, or are skipped where errors are tolerated', async () => {
  const output = fixture.file('text-out');
  const json = { 'value.converter': 'org.apache.kafka.connect.json.JsonConverter' };
  await cluster.client.create('text', made('text'));
  await until('the records', async () => batchesOf('text').records === 1_000, 30_000);
  await cluster.client.create('text-out', sink(output, 'text', json));
  expect(await traceOf('text-out')).toMatch(
    /ConnectException: Tolerance exceeded in error handler[^]*Caused by: [^]*DataException/,
  );
  await reconfigure('text-out', sink(output, 'text', { ...json, 'errors.tolerance': 'all' }));
  await cluster.client.untilState('text-out', 'RUNNING', 1);
  await until('all to be skipped', async () => (await committed('connect-text-out')) === 1_000, 30_000);
  expect(arrivalOf(output, 1_000)).toMatchObject({ missing: 1_000, foreign: [] });
});

async function committed(group: string): Promise<number | undefined> {
  const client = admin();
  try {
    return (await client.groupOffsets(group))[0]?.offset;
  } finally {
    await client.close();
  }
}

test('client properties of the worker and of connectors reach the clients', async () => {
  const { client } = cluster;
  const output = fixture.file('own-out');
  const created = made('own', { 'producer.override.compression.type': 'lz4' });
  await client.create('own', { ...created, 'producer.override.interceptor.classes': 'com.acme.Interceptor' });
  await until('the records', () => batchesOf('own').records === 1_000, 30_000);
  expect(new Set(batchesOf('own').compression)).toEqual(new Set([COMPRESSION.lz4]));
  expect(new Set(batchesOf('text').compression)).toEqual(new Set([COMPRESSION.gzip]));
  const warnings = executorLog()
    .split('\n')
    .filter((line) => line.includes('"interceptor.classes"'));
  expect(warnings).toEqual([expect.stringContaining('property has no equivalent here and is ignored')]);
  expect(warnings.join()).not.toContain('com.acme');

  const taken = { 'connector.class': 'FaultySink', 'tasks.max': '1' };
  await client.create('own-out', sink(output, 'own', { ...taken, 'consumer.override.group.id': 'chosen' }));
  await arrive(output, 1_000);
  await until('its group to have committed', async () => (await committed('chosen')) === 1_000, 20_000);
  const sizesOf = (file: string) => readFileSync(`${file}.sizes`, 'utf8').trim().split('\n').map(Number);
  expect(Math.max(...sizesOf(output))).toBe(9);

  const few = fixture.file('few-out');
  await client.create('few-out', sink(few, 'own', { ...taken, 'consumer.override.max.poll.records': '7' }));
  await arrive(few, 1_000);
  expect(Math.max(...sizesOf(few))).toBe(7);

  const late = fixture.file('late-out');
  await client.create('late-out', sink(late, 'own', { ...taken, 'consumer.override.auto.offset.reset': 'latest' }));
  await until('it to join', () => /"group":"connect-late-out".*"partitions":1/.test(executorLog()), 20_000);
  await reconfigure('own', { ...created, count: '1200' });
  const numbers = () =>
    readFileSync(late, { encoding: 'utf8', flag: 'a+' })
      .split('\n')
      .filter(Boolean)
      .map((line) => Number(line.slice(5)));
  await until('the last one', () => numbers().at(-1) === 1_200, 30_000);
  expect(Math.min(...numbers())).toBeGreaterThan(1_000);
});
