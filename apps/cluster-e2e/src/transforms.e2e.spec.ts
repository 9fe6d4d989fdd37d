import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { until } from '@tributary/testing';
import { ReferenceWorker, type ConnectClient } from '@tributary/tools/cluster';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Fixture, STRINGS } from './fixture.js';

type Config = Readonly<Record<string, string>>;
interface Plugin {
  readonly class: string;
  readonly type: string;
}

const PACKAGE = 'org.apache.kafka.connect.transforms';
const JSON_VALUES = {
  'key.converter': 'org.apache.kafka.connect.storage.StringConverter',
  'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
};
/** Of every transformation its alias, with properties that it accepts, or that it refuses. */
const EVERY: Readonly<Record<string, Config>> = {
  Cast$Value: { spec: 'a:int8' },
  DropHeaders: { headers: '' },
  ExtractField$Key: { field: 'a', 'field.syntax.version': 'V3' },
  Filter: { predicate: 'named' },
  Flatten$Value: {},
  HeaderFrom$Value: { fields: 'a,b', headers: 'a' },
  HoistField$Value: {},
  InsertField$Key: { 'static.field': 'a' },
  InsertHeader: { header: 'a' },
  MaskField$Value: { fields: 'a,a', replacement: '' },
  ReplaceField$Value: { renames: 'a:b,c', negate: 'true' },
  SetSchemaMetadata$Value: { 'schema.version': 'one' },
  TimestampConverter$Value: { 'target.type': 'date', 'unix.precision': 'days' },
  TimestampRouter: { 'timestamp.format': 'Q' },
  ValueToKey: {},
  RegexRouter: {},
};

let fixture: Fixture;
let reference: ReferenceWorker | undefined;
let here: ConnectClient;
let there: ConnectClient;

beforeAll(async () => {
  fixture = await Fixture.start();
  const { bootstrapServers } = fixture.broker;
  const starting = ReferenceWorker.start({ bootstrapServers, name: 'there', directory: fixture.file('there') });
  here = (await fixture.cluster('here')).client;
  reference = await starting;
  there = reference.client;
});
afterAll(async () => {
  await reference?.stop();
  await fixture.dispose();
});

/** The configuration of a chain, named by the classes of its steps. */
function chain(steps: Readonly<Record<string, Config>>): Config {
  const properties = Object.entries(steps).flatMap(([type, configs], index) => [
    [`transforms.t${index}.type`, `${PACKAGE}.${type}`],
    ...Object.entries(configs).map(([key, value]) => [`transforms.t${index}.${key}`, value]),
  ]);
  const aliases = Object.keys(steps).map((_, index) => `t${index}`);
  return { transforms: aliases.join(), ...(Object.fromEntries(properties) as Config) };
}

const withoutDocs = (body: unknown): unknown =>
  JSON.parse(JSON.stringify(body, (key, value: unknown) => (key === 'documentation' ? undefined : value)));

const linesOf = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []);

/** The lines of a trace that say what went wrong. */
const saidIn = (trace = '') => trace.split('\n').filter((line) => line !== '' && !line.startsWith('\t'));

/** What comes out of a topic that a file was read into through a chain, in both clusters: its records as lines. */
async function throughBoth(name: string, lines: readonly string[], more: Config, out: Config, wanted: number) {
  const input = fixture.file(`${name}.txt`);
  writeFileSync(input, lines.map((line) => `${line}\n`).join(''));
  const results = [];
  for (const [side, client] of [['here', here] as const, ['there', there] as const]) {
    const output = fixture.file(`${name}-${side}.txt`);
    const topic = `${name}-${side}`;
    const source = { 'connector.class': 'FileStreamSource', file: input, topic, ...more };
    await client.create(`${name}-in`, source);
    await client.create(`${name}-out`, {
      'connector.class': 'FileStreamSink',
      'topics.regex': `\\Q${topic}\\E.*`,
      'consumer.override.metadata.max.age.ms': '1000',
      file: output,
      ...STRINGS,
      ...out,
    });
    await until(`${wanted} lines of ${side}`, () => linesOf(output).length >= wanted, 60_000);
    results.push(linesOf(output));
    for (const each of ['in', 'out']) await client.delete(`/connectors/${name}-${each}`);
  }
  return results;
}

/** The first lines of the trace with which a task fails, in both clusters. */
async function failuresOfBoth(name: string, lines: readonly string[], more: Config): Promise<string[][]> {
  const input = fixture.file(`${name}.txt`);
  writeFileSync(input, lines.map((line) => `${line}\n`).join(''));
  const failures = [];
  for (const client of [here, there]) {
    await client.create(name, { 'connector.class': 'FileStreamSource', file: input, topic: name, ...STRINGS, ...more });
    const trace = await until(
      `the task of ${name} to fail`,
      async () => {
        const { body } = await client.get(`/connectors/${name}/status`);
        const { tasks } = body as { tasks?: { state: string; trace?: string }[] };
        return tasks?.find(({ state }) => state === 'FAILED')?.trace;
      },
      60_000,
    );
    failures.push(saidIn(trace));
    await client.delete(`/connectors/${name}`);
  }
  return failures;
}

describe('transformations, side by side with Apache Kafka Connect', () => {
  test('are listed and described alike', async () => {
    const listed = async (client: ConnectClient) =>
      ((await client.get('/connector-plugins?connectorsOnly=false')).body as Plugin[]).filter(({ type }) =>
        ['transformation', 'predicate'].includes(type),
      );
    const plugins = await listed(there);
    expect(await listed(here)).toEqual(plugins);
    expect(plugins).toHaveLength(29);
    for (const { class: name } of plugins) {
      const path = `/connector-plugins/${encodeURIComponent(name)}/config`;
      expect(withoutDocs((await here.get(path)).body), name).toEqual(withoutDocs((await there.get(path)).body));
    }
  });

  test('are validated alike, property by property', async () => {
    const config = {
      name: 'v',
      'connector.class': 'FileStreamSource',
      topic: 't',
      predicates: 'named,tomb,head',
      'predicates.named.type': `${PACKAGE}.predicates.TopicNameMatches`,
      'predicates.tomb.type': `${PACKAGE}.predicates.RecordIsTombstone`,
      'predicates.head.type': `${PACKAGE}.predicates.HasHeaderKey`,
      'predicates.head.name': '',
      ...chain(EVERY),
    };
    const path = '/connector-plugins/FileStreamSource/config/validate';
    const comparable = (body: unknown): unknown =>
      JSON.parse(JSON.stringify(withoutDocs(body)).replaceAll(/Invalid regex: [^"\\]*(\\.[^"\\]*)*/g, 'Invalid regex'));
    const [ours, theirs] = [await here.put(path, config), await there.put(path, config)];
    expect(comparable(ours.body)).toEqual(comparable(theirs.body));
  });

  test('make the same of records, with a schema on the way in and without one on the way out', async () => {
    const source = chain({
      HoistField$Value: { field: 'line' },
      InsertField$Value: { 'static.field': 'from', 'static.value': 'a file', 'topic.field': 'topic!' },
      SetSchemaMetadata$Value: { 'schema.name': 'com.example.Line', 'schema.version': '2' },
      ValueToKey: { fields: 'line' },
      ExtractField$Key: { field: 'line' },
      ReplaceField$Value: { renames: 'topic:origin' },
      MaskField$Value: { fields: 'origin' },
      RegexRouter: { regex: '(.*)-(here|there)', replacement: '$1-$2-routed' },
    });
    const lines = ['first', 'second', '', 'é"\\'];
    const [ours, theirs] = await throughBoth('shaped', lines, { ...source, ...JSON_VALUES }, {}, lines.length);
    expect(ours).toEqual(theirs);
    expect(ours?.[0]).toContain('"name":"com.example.Line"');
  });

  test('make the same of maps in a sink, and leave out what a predicate says', async () => {
    const lines = [
      '{"id":7,"ts":1709210096789,"name":"n","nested":{"a":1.5,"b":[1,2]},"big":9007199254740993}',
      '{"id":null,"ts":null,"x":true,"name":""}',
      '{"name":"ä","ts":0,"id":12,"ssn":"123-45-6789","c":{},"d":[]}',
    ];
    const sink = chain({
      Flatten$Value: { delimiter: '_' },
      TimestampConverter$Value: { field: 'ts', 'target.type': 'string', format: "yyyy-MM-dd'T'HH:mm:ss.SSSX" },
      Cast$Value: { spec: 'id:string,big:float64' },
      MaskField$Value: { fields: 'name,ssn' },
      InsertField$Value: { 'partition.field': 'p', 'offset.field': 'o' },
      HeaderFrom$Value: { fields: 'id', headers: 'id', operation: 'move' },
      DropHeaders: { headers: 'none' },
      Filter: { predicate: 'other', negate: 'false' },
    });
    const predicates = {
      predicates: 'other',
      'predicates.other.type': `${PACKAGE}.predicates.TopicNameMatches`,
      'predicates.other.pattern': '(?i)OTHER',
    };
    const out = {
      ...JSON_VALUES,
      'value.converter.schemas.enable': 'false',
      ...sink,
      ...predicates,
    };
    const [ours, theirs] = await throughBoth('maps', lines, STRINGS, out, lines.length);
    expect(ours).toEqual(theirs);
    expect(ours?.[0]).toContain('nested_a=1.5');
  });

  test('fail tasks with the same words, for a record and for a wrong configuration', async () => {
    const dates = { 'target.type': 'unix', format: 'yyyy-MM-dd' };
    const bad = await failuresOfBoth('bad', ['2024-02-29', 'never'], chain({ TimestampConverter$Value: dates }));
    expect(bad[0]).toEqual(bad[1]);
    const wrong = await failuresOfBoth('wrong', ['x'], chain({ InsertField$Value: {} }));
    expect(wrong[0]).toEqual(wrong[1]);
  });

  test('leave out a record that fails where errors are tolerated', async () => {
    const more = {
      ...chain({ TimestampConverter$Value: { 'target.type': 'unix', format: 'yyyy-MM-dd' } }),
      ...STRINGS,
      'errors.tolerance': 'all',
    };
    const lines = ['2024-02-29', 'never', '2024-13-01', '1970-01-01'];
    const [ours, theirs] = await throughBoth('tolerant', lines, more, {}, 3);
    expect(ours).toEqual(['1709164800000', '1735689600000', '0']);
    expect(theirs).toEqual(ours);
  });
});
