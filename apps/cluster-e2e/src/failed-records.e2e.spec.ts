import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingRecord, OutgoingRecord } from '@tributary/kafka-client';
import { until } from '@tributary/testing';
import { ReferenceWorker, type ConnectClient, type TributaryCluster } from '@tributary/tools/cluster';
import { hasJavaCompiler } from '@tributary/tools/kafka';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Fixture } from './fixture.js';
import { PLUGINS, reportingPlugin } from './reporting-plugin.js';
import { RawTopics } from './raw-topics.js';

type Config = Readonly<Record<string, string>>;

const TRANSFORMS = 'org.apache.kafka.connect.transforms';
const JSON_CONVERTER = 'org.apache.kafka.connect.json.JsonConverter';
/** Plain JSON in keys, values and headers: each of them can be poison. */
const PLAIN_JSON: Config = {
  'key.converter': JSON_CONVERTER,
  'key.converter.schemas.enable': 'false',
  'value.converter': JSON_CONVERTER,
  'value.converter.schemas.enable': 'false',
  'header.converter': JSON_CONVERTER,
  'header.converter.schemas.enable': 'false',
};
const TOLERANT: Config = { 'errors.tolerance': 'all' };
const STRICT: Config = { 'errors.tolerance': 'none', 'consumer.override.max.poll.records': '1' };
const TOLD: Config = { 'errors.deadletterqueue.context.headers.enable': 'true' };
const LOGGED: Config = { 'errors.log.enable': 'true', 'errors.log.include.messages': 'true' };
const BYTES = Buffer.from([0, 255, 1, 254]);

let fixture: Fixture;
let topics: RawTopics;
let cluster: TributaryCluster;
let reference: ReferenceWorker;

beforeAll(async () => {
  // Some records are old, and their dead letters are as old: none may be deleted for that.
  fixture = await Fixture.start({ 'log.retention.ms': '-1' });
  const { bootstrapServers } = fixture.broker;
  topics = new RawTopics(bootstrapServers);
  const there = { bootstrapServers, name: 'there', directory: fixture.file('there') };
  const plugins = hasJavaCompiler() ? [await reportingPlugin(fixture.file('reporting'))] : [];
  const starting = ReferenceWorker.start(there, { plugins });
  const properties = { 'plugin.path': PLUGINS, 'offset.flush.interval.ms': '300', 'session.timeout.ms': '6000' };
  cluster = await fixture.cluster('here', 1, properties);
  reference = await starting;
});
afterAll(async () => {
  await reference?.stop();
  await fixture.dispose();
});

const linesOf = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []);

type Draft = Partial<Pick<OutgoingRecord, 'key' | 'value' | 'headers' | 'timestamp' | 'partition'>>;
const drafted = (topic: string, draft: Draft): OutgoingRecord => ({
  topic,
  partition: 0,
  key: null,
  value: null,
  headers: undefined,
  timestamp: 1_700_000_000_000,
  ...draft,
});

/** A record but for where it is, its stack trace cut to the first line: the code that failed is another. */
const comparable = ({ key, value, headers, timestamp, timestampType }: IncomingRecord) => ({
  key,
  value,
  timestamp,
  timestampType,
  headers: headers?.map((header) =>
    header.key === '__connect.errors.exception.stacktrace'
      ? { key: header.key, value: firstLine(String(header.value)) }
      : header,
  ),
});

const firstLine = (trace: string) => trace.slice(0, trace.indexOf('\n'));

/** How a connector's task is: its state, with the first line of its trace. */
async function taskOf(client: ConnectClient, name: string): Promise<string> {
  const { body } = await client.get(`/connectors/${name}/status`);
  const [task] = (body as { tasks?: { state: string; trace?: string }[] }).tasks ?? [];
  return task === undefined ? 'none' : task.trace === undefined ? task.state : `FAILED ${firstLine(task.trace)}`;
}

/** What a side made of the records: all that both must have in common. */
interface Outcome {
  readonly task: string;
  readonly output: readonly string[];
  readonly letters: readonly ReturnType<typeof comparable>[];
  readonly committed: Readonly<Record<string, number>>;
  readonly logged: readonly string[];
}

/** Runs a sink over the records on one side, until all are behind it or it has failed. */
async function outcome(side: 'here' | 'there', topic: string, count: number, more: Config): Promise<Outcome> {
  const client = side === 'here' ? cluster.client : reference.client;
  const [group, dead, file] = [`${topic}-${side}`, `${topic}-dead-${side}`, fixture.file(`${topic}-${side}.txt`)];
  await client.create(topic, {
    'connector.class': 'FileStreamSink',
    topics: topic,
    file,
    'consumer.override.group.id': group,
    'errors.deadletterqueue.topic.name': dead,
    'errors.deadletterqueue.topic.replication.factor': '1',
    ...LOGGED,
    ...PLAIN_JSON,
    ...more,
  });
  const seen = async () => linesOf(file).length + (await topics.read(dead)).length;
  // The state that ended the wait is the one that counts: it is looked at once.
  const end = async () => {
    const task = await taskOf(client, topic);
    return task.startsWith('FAILED') || (count > 0 && (await seen()) >= count) ? task : undefined;
  };
  const task = await until(`${topic} to be over ${side}`, end, 60_000);
  await client.delete(`/connectors/${topic}`);
  const reached = async () => {
    const committed = await topics.committed(group);
    return task !== 'RUNNING' || committed[`${topic}-0`] === count ? committed : undefined;
  };
  return {
    task: task.replace(dead, 'DEAD'),
    output: linesOf(file),
    letters: (await topics.read(dead)).map(comparable),
    committed: await until(`${group} to be committed`, reached, 60_000),
    logged: logged(side, topic),
  };
}

/** The lines in which the reporters told of a connector's records. */
function logged(side: 'here' | 'there', connector: string): string[] {
  const child = side === 'here' ? cluster.of('task-executor')[0]?.child : reference.child;
  const lines = linesOf(child?.logFile ?? '');
  const told = lines.map((line) => /Error encountered in task .*?\.(?="| \()/.exec(line)?.[0].replace(/\\"/g, '"'));
  return told.filter((line) => line !== undefined).filter((line) => line.includes(`task ${connector}-0.`));
}

/** Both sides' outcomes, after the same records. */
async function both(topic: string, drafts: readonly Draft[], more: Config): Promise<readonly [Outcome, Outcome]> {
  await topics.create(topic);
  await topics.write(drafts.map((draft) => drafted(topic, draft)));
  return Promise.all([outcome('here', topic, drafts.length, more), outcome('there', topic, drafts.length, more)]);
}

/** Poison for each of the three converters between good records, with all that a record can have. */
const UNREADABLE: readonly Draft[] = [
  { key: '"k"', value: '1' },
  { key: '{', value: '2', timestamp: 0 },
  { key: BYTES, value: BYTES },
  { value: '{"a":', headers: [{ key: 'a', value: '1' }] },
  { value: 'é', headers: [{ key: '', value: Buffer.alloc(0) }] },
  {
    value: '6',
    headers: [
      { key: 'twice', value: '1' },
      { key: 'twice', value: null },
      { key: 'bad', value: '[1' },
      { key: '__connect.errors.topic', value: '"before"' },
    ],
  },
  { key: Buffer.alloc(0), value: Buffer.alloc(0) },
  { value: '"last"' },
];

/** `a` becomes an integer, where it can. */
const CAST: Config = {
  transforms: 'field,cast',
  'transforms.field.type': `${TRANSFORMS}.ExtractField$Value`,
  'transforms.field.field': 'a',
  'transforms.field.predicate': 'gone',
  'transforms.field.negate': 'true',
  'transforms.cast.type': `${TRANSFORMS}.Cast$Value`,
  'transforms.cast.spec': 'int32',
  predicates: 'gone',
  'predicates.gone.type': `${TRANSFORMS}.predicates.RecordIsTombstone`,
};
const UNCASTABLE: readonly Draft[] = [
  { value: '{"a":"7"}' },
  { key: '"k"', value: '{"a":"seven"}', headers: [{ key: 'h', value: '{"x":[1,null]}' }] },
  { value: '"no map"' },
  { value: '{"a":{"b":1}}' },
  { value: '{"a":"99999999999"}', timestamp: 5 },
  { value: '{"a":true}' },
];

describe('records that fail, side by side with Apache Kafka Connect', () => {
  test.each<[string, readonly Draft[], Config]>([
    ['unreadable', UNREADABLE, { ...TOLERANT, ...TOLD }],
    ['untold', UNREADABLE, TOLERANT],
    ['uncastable', UNCASTABLE, { ...CAST, ...TOLERANT, ...TOLD }],
    ['strict-key', [{ value: '1' }, { key: '{', value: '2' }, { value: '3' }], { ...STRICT, ...TOLD }],
    ['strict-value', [{ value: '1' }, { value: '{' }, { value: '3' }], { ...STRICT, ...TOLD }],
    [
      'strict-header',
      [{ value: '1' }, { value: '2', headers: [{ key: 'h', value: '{' }] }, { value: '3' }],
      { ...STRICT, ...TOLD },
    ],
    ['strict-cast', UNCASTABLE, { ...CAST, ...STRICT, ...TOLD }],
    ['too-many-replicas', [], { ...TOLERANT, 'errors.deadletterqueue.topic.replication.factor': '3' }],
  ])('%s', async (topic, drafts, more) => {
    const [here, there] = await both(topic, drafts, more);
    expect(here).toEqual(there);
    expect(here.letters.length > 0).toBe(drafts.length > 0);
    expect(here.logged).toHaveLength(here.letters.length);
  });

  /** What the sink is told to do with each record; the good ones go on. */
  const HEADERS = [{ key: 'h', value: '{"x":1}' }];
  const REPORTED: readonly Draft[] = [
    { value: '"1"' },
    { key: '"k"', value: '"report 2"', headers: HEADERS, timestamp: 0 },
    { value: '"swallow 3"' },
    { key: '"k"', value: '"made 4"', headers: HEADERS },
    { value: '"retry 5"' },
    { key: '"k"', value: '"copy 6"', headers: HEADERS },
    { value: '{' },
    { value: '"last"' },
  ];
  const REPORTING: Config = { 'connector.class': 'com.example.ReportingSinkConnector', 'errors.retry.timeout': '0' };
  /** `letters`: how many dead letters there are; at most one record at a time is given to the sink */
  test.skipIf(!hasJavaCompiler()).each<[string, readonly Draft[], Config, number]>([
    ['lenient-reports', REPORTED, { ...TOLERANT, 'consumer.override.max.poll.records': '1' }, 5],
    ['strict-report', [{ value: '"1"' }, { value: '"report 2"' }, { value: '"3"' }], STRICT, 1],
    ['strict-swallow', [{ value: '"1"' }, { value: '"swallow 2"' }, { value: '"3"' }], STRICT, 1],
    ['strict-made', [{ value: '"1"' }, { value: '"made 2"' }, { value: '"3"' }], STRICT, 1],
    ['lenient-throw', [{ value: '"1"' }, { value: '"throw 2"' }, { value: '"3"' }], { ...STRICT, ...TOLERANT }, 0],
  ])('%s', async (topic, drafts, more, letters) => {
    const [here, there] = await both(topic, drafts, { ...REPORTING, ...TOLD, ...more });
    expect(here).toEqual(there);
    expect(here.letters).toHaveLength(letters);
    expect(here.logged).toHaveLength(letters);
  });

  test.each([
    ['lenient-source', TOLERANT],
    ['strict-source', {}],
  ])('%s', async (name, more) => {
    const file = fixture.file(name);
    writeFileSync(file, ['1', 'two', '3', ''].join('\n'));
    const outcomes = [cluster.client, reference.client].map(async (client, index) => {
      const topic = `lines-of-${name}-${index}`;
      await topics.create(topic);
      const cast = { transforms: 'cast', 'transforms.cast.type': CAST['transforms.cast.type'] ?? '' };
      await client.create(name, {
        'connector.class': 'FileStreamSource',
        file,
        topic,
        ...PLAIN_JSON,
        ...cast,
        'transforms.cast.spec': 'int32',
        ...LOGGED,
        ...more,
      });
      const over = async () => {
        const task = await taskOf(client, name);
        const values = (await topics.read(topic)).map(({ value }) => String(value));
        return task.startsWith('FAILED') || (task === 'RUNNING' && values.length === 2) ? { task, values } : undefined;
      };
      const reached = await until(`${topic} to be over`, over, 60_000);
      await client.put(`/connectors/${name}/stop`);
      const offsets = async () => {
        const { status, body } = await client.get(`/connectors/${name}/offsets`);
        return status === 200 && JSON.stringify(body).includes('position') ? body : undefined;
      };
      const told = logged(index === 0 ? 'here' : 'there', name).map((line) =>
        line.replace(topic, 'TOPIC').replace(/timestamp=\d+/, 'timestamp=NOW'),
      );
      return { ...reached, offsets: await until('offsets', offsets, 60_000), logged: told };
    });
    const [here, there] = await Promise.all(outcomes);
    expect(here).toEqual(there);
    expect(here?.logged).toHaveLength(1);
  });
});

describe('a seeded mixture of good and bad records, with executors that are killed', () => {
  const COUNT = 3_000;
  const PARTITIONS = 3;
  let state = 20_261;
  const random = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  /** Each value has its number in it, good or bad. */
  const value = (number: number): string =>
    [`{"a":"${number}"}`, `{"a":"${number}"}`, `{"a":"x${number}"}`, `{"b":${number}`][random(4)] ?? '';
  const numberIn = (text: string): number => Number(/\d+/.exec(text)?.[0]);
  const isGood = (text: string): boolean => text.startsWith('{"a":"') && !text.includes('x');

  test('has each of them in the output or in the dead letter queue, of a sink and of a source', async () => {
    const { client } = cluster;
    const [output, input] = [fixture.file('mixture-out.txt'), fixture.file('mixture-in.txt')];
    const queue = { 'errors.deadletterqueue.topic.replication.factor': '1', ...TOLERANT, ...CAST, ...PLAIN_JSON };
    await topics.create('mixture', PARTITIONS);
    await topics.create('mixture-copy');
    writeFileSync(input, '');
    await client.create('mixture-out', {
      'connector.class': 'FileStreamSink',
      topics: 'mixture',
      file: output,
      'consumer.override.max.poll.records': '50',
      'errors.deadletterqueue.topic.name': 'mixture-out-dead',
      ...queue,
    });
    const lineCast = { 'transforms.cast.spec': 'int32', transforms: 'cast' };
    await client.create('mixture-in', {
      'connector.class': 'FileStreamSource',
      file: input,
      topic: 'mixture-copy',
      'batch.size': '50',
      'errors.deadletterqueue.topic.name': 'mixture-in-dead',
      ...queue,
      ...lineCast,
    });
    await client.untilState('mixture-out', 'RUNNING', 1, 60_000);
    await client.untilState('mixture-in', 'RUNNING', 1, 60_000);

    const values = Array.from({ length: COUNT }, (_, number) => value(number));
    const lines = values.map((text, number) => (isGood(text) ? String(number) : `x${number}`));
    const arrived = async () => new Set([...linesOf(output), ...(await texts('mixture-out-dead'))].map(numberIn)).size;
    const texts = async (topic: string) => (await topics.read(topic)).map((record) => String(record.value));
    for (const [wave, end] of [COUNT / 3, (2 * COUNT) / 3, COUNT].entries()) {
      const start = (wave * COUNT) / 3;
      await topics.write(
        values
          .slice(start, end)
          .map((text, index) => drafted('mixture', { value: text, partition: index % PARTITIONS })),
      );
      appendFileSync(
        input,
        lines
          .slice(start, end)
          .map((line) => `${line}\n`)
          .join(''),
      );
      if (end === COUNT) break;
      await until('some of the wave', async () => (await arrived()) > start, 60_000);
      const [executor] = cluster.of('task-executor');
      if (executor === undefined) throw new Error('no executor');
      await cluster.end(executor, 'SIGKILL');
      await cluster.add('task-executor');
    }

    const numbers = (found: readonly string[]) => [...new Set(found.map(numberIn))].sort((a, b) => a - b);
    const wanted = (good: boolean) => values.flatMap((text, number) => (isGood(text) === good ? [number] : []));
    const all = async (good: () => Promise<string[]>, bad: string) => {
      const there = new Set([...(await good()), ...(await texts(bad))].map(numberIn));
      const missing = values.flatMap((_, number) => (there.has(number) ? [] : [number]));
      if (missing.length > 0) throw new Error(`${missing.length} are missing: ${missing.slice(0, 20).join()}`);
      expect(numbers(await good())).toEqual(wanted(true));
      expect(numbers(await texts(bad))).toEqual(wanted(false));
      return true;
    };
    await until('all of the sink', () => all(async () => linesOf(output), 'mixture-out-dead'), 90_000);
    await until('all of the source', () => all(() => texts('mixture-copy'), 'mixture-in-dead'), 90_000);
  });
});
