import { WorkerConfig } from '@tributary/config-schemas';
import { kafkaClients } from '@tributary/kafka-client';
import { builtInPlugins, PluginRegistry } from '@tributary/plugins';
import { describe, expect, it } from 'vitest';
import type { GivenData, GivenRecord, PreviewRequest } from './preview-request.js';
import { runPreview } from './run-preview.js';

const STRING = 'org.apache.kafka.connect.storage.StringConverter';
const JSON_CONVERTER = 'org.apache.kafka.connect.json.JsonConverter';
const SMT = 'org.apache.kafka.connect.transforms.';
const worker = WorkerConfig.parse(
  {
    'bootstrap.servers': '127.0.0.1:1',
    'group.id': 'g',
    'config.storage.topic': 'c',
    'offset.storage.topic': 'o',
    'status.storage.topic': 's',
    'key.converter': STRING,
    'value.converter': JSON_CONVERTER,
  },
  'task-executor',
  () => undefined,
);
const plugins = await PluginRegistry.load({ pluginPath: [], builtIns: builtInPlugins });
const SINK = { name: 'c', 'connector.class': 'FileStreamSink', topics: 't' };
const SOURCE = { name: 'c', 'connector.class': 'FileStreamSource' };
const NOTHING = { topic: undefined, partition: undefined, offset: undefined, timestamp: undefined };

const text = (given: string): GivenData => ({ form: 'text', text: given });
const record = (more: Partial<GivenRecord>): GivenRecord => ({
  ...NOTHING,
  key: null,
  value: null,
  headers: [],
  ...more,
});
const preview = (connectorConfig: Record<string, string>, records: PreviewRequest['records']) =>
  runPreview(
    { worker, plugins, clients: kafkaClients, connector: 'c', connectorConfig },
    { records },
    new AbortController().signal,
  );
const shown = async (config: Record<string, string>, ...records: GivenRecord[]) =>
  JSON.parse(await preview(config, records));

describe('a preview of a sink', () => {
  it('shows keys, values and headers as they are converted, then each transformation', async () => {
    const config = {
      ...SINK,
      transforms: 'wrap,skip,drop',
      'transforms.wrap.type': `${SMT}HoistField$Value`,
      'transforms.wrap.field': 'line',
      'transforms.skip.type': `${SMT}Filter`,
      'transforms.skip.predicate': 'gone',
      'transforms.drop.type': `${SMT}Filter`,
      'transforms.drop.predicate': 'gone',
      'transforms.drop.negate': 'true',
      predicates: 'gone',
      'predicates.gone.type': `${SMT}predicates.RecordIsTombstone`,
      'value.converter': STRING,
    };
    const headers = [{ key: 'h', value: text('[1]') }];
    const answer = await shown(config, record({ key: text('k'), value: text('v'), timestamp: 5, headers }));
    const key = { schema: { type: 'string', optional: true }, payload: 'k' };
    const value = { schema: { type: 'string', optional: true }, payload: 'v' };
    const list = { schema: { type: 'array', items: { type: 'int8', optional: false }, optional: false }, payload: [1] };
    const struct = { type: 'struct', fields: [{ type: 'string', optional: true, field: 'line' }], optional: false };
    expect(answer).toEqual({
      name: 'c',
      type: 'sink',
      class: 'org.apache.kafka.connect.file.FileStreamSinkConnector',
      records: [
        {
          topic: 't',
          partition: 0,
          offset: 0,
          timestamp: 5,
          key: { text: 'k' },
          value: { text: 'v' },
          headers: [{ key: 'h', value: { text: '[1]' } }],
          steps: [
            { stage: 'KEY_CONVERTER', class: STRING, result: key },
            { stage: 'VALUE_CONVERTER', class: STRING, result: value },
            {
              stage: 'HEADER_CONVERTER',
              class: 'org.apache.kafka.connect.storage.SimpleHeaderConverter',
              result: [{ key: 'h', value: list }],
            },
            {
              stage: 'TRANSFORMATION',
              alias: 'wrap',
              class: `${SMT}HoistField$Value`,
              applied: true,
              result: {
                topic: 't',
                partition: 0,
                timestamp: 5,
                key,
                value: { schema: struct, payload: { line: 'v' } },
                headers: [{ key: 'h', value: list }],
              },
            },
            { stage: 'TRANSFORMATION', alias: 'skip', class: `${SMT}Filter`, applied: false },
            { stage: 'TRANSFORMATION', alias: 'drop', class: `${SMT}Filter`, applied: true, result: null },
          ],
          outcome: 'dropped',
          by: 'drop',
        },
      ],
    });
  });

  it('says which step failed and why, and goes on with the next record', async () => {
    const config = {
      ...SINK,
      transforms: 'cast',
      'transforms.cast.type': `${SMT}Cast$Value`,
      'transforms.cast.spec': 'int32',
      'value.converter': JSON_CONVERTER,
      'value.converter.schemas.enable': 'false',
    };
    const { records } = await shown(
      config,
      record({ value: text('{') }),
      record({ value: text('"x"') }),
      record({ value: text('"7"'), topic: 'elsewhere' }),
    );
    expect(records[0]).toMatchObject({ outcome: 'failed', by: 'VALUE_CONVERTER', offset: 0 });
    expect(records[0].steps.at(-1)).toMatchObject({
      stage: 'VALUE_CONVERTER',
      class: JSON_CONVERTER,
      error: {
        exception: 'org.apache.kafka.connect.errors.DataException',
        causes: [{ message: expect.stringContaining('Invalid JSON at character 1') }],
      },
    });
    expect(records[1]).toMatchObject({ outcome: 'failed', by: 'cast', offset: 1 });
    expect(records[1].steps.at(-1)).toMatchObject({ alias: 'cast', class: `${SMT}Cast$Value`, error: {} });
    expect(records[2]).toMatchObject({ outcome: 'passed', topic: 'elsewhere' });
    expect(records[2].steps.at(-1).result).toMatchObject({ topic: 'elsewhere', value: { schema: null, payload: 7 } });
  });

  it('shows bytes and large numbers as they are', async () => {
    const given = '{"schema":{"type":"int64"},"payload":9223372036854775807}';
    const answer = await preview(SINK, [
      record({ value: { form: 'envelope', text: given }, key: { form: 'base64', text: '/w==' } }),
    ]);
    expect(answer).toContain('"payload":9223372036854775807');
    expect(JSON.parse(answer).records[0].key).toEqual({ base64: '/w==' });
  });
});

describe('a preview of a source', () => {
  it('shows the record that would go to Kafka, with exact numbers', async () => {
    const config = {
      ...SOURCE,
      'value.converter': JSON_CONVERTER,
      'value.converter.decimal.format': 'NUMERIC',
      transforms: 'to',
    };
    const more = {
      'transforms.to.type': `${SMT}RegexRouter`,
      'transforms.to.regex': '(.*)',
      'transforms.to.replacement': 'x-$1',
    };
    const schema = '{"type":"bytes","name":"org.apache.kafka.connect.data.Decimal","parameters":{"scale":"3"}}';
    const value: GivenData = { form: 'envelope', text: `{"schema":${schema},"payload":12345678901234567890.120}` };
    const headers = [{ key: 'h', value: { form: 'json', text: 'true' } } as const];
    const answer = await preview({ ...config, ...more }, [record({ topic: 't', key: text('k'), value, headers })]);
    expect(answer).toContain('"payload":12345678901234567890.120');
    const { steps, ...shownRecord } = JSON.parse(answer).records[0];
    expect(shownRecord).toMatchObject({ topic: 't', partition: null, timestamp: null, outcome: 'passed' });
    expect(steps.map((step: { stage: string }) => step.stage)).toEqual([
      'TRANSFORMATION',
      'HEADER_CONVERTER',
      'KEY_CONVERTER',
      'VALUE_CONVERTER',
      'KAFKA_PRODUCE',
    ]);
    const sent = steps.at(-1).result;
    expect(sent).toMatchObject({ topic: 'x-t', key: { text: 'k' }, headers: [{ key: 'h', value: { text: 'true' } }] });
    expect(sent.value.text).toContain('"payload":12345678901234567890.120');
  });

  it('says what Kafka would not take, and what no converter takes', async () => {
    const config = { ...SOURCE, 'value.converter': 'org.apache.kafka.connect.converters.IntegerConverter' };
    const { records } = await shown(config, record({ topic: 't', value: text('x') }));
    expect(records[0]).toMatchObject({ outcome: 'failed', by: 'VALUE_CONVERTER' });
  });
});

describe('what is asked for', () => {
  const many = Array.from({ length: 101 }, () => record({}));
  const large = record({ value: text('x'.repeat(4 * 1024 * 1024 + 1)) });
  const sample = { topic: undefined, partition: undefined, offset: undefined, count: 1 };
  const envelope: GivenData = { form: 'envelope', text: '{"schema":{"type":"nothing"},"payload":1}' };
  it.each<[string, Record<string, string>, PreviewRequest['records'], string]>([
    ['too many records', SINK, many, '101 records are more than a preview takes: at most 100'],
    ['too many records of a topic', SINK, { ...sample, count: 101 }, '101 records are more than'],
    ['too large records', SINK, [large], 'The records have 4194305 bytes: a preview takes at most 4194304'],
    [
      'an unknown class',
      { ...SINK, 'connector.class': 'nope' },
      [],
      'The configuration cannot be previewed: Failed to find any class',
    ],
    ['no class', { name: 'c' }, [], 'The configuration cannot be previewed: Failed to find any class'],
    ['a wrong property', { ...SINK, 'tasks.max': '0' }, [], 'Invalid value 0 for configuration tasks.max'],
    ['a wrong transformation', { ...SINK, transforms: 'a' }, [], 'Missing required configuration "transforms.a.type"'],
    ['an unknown converter', { ...SINK, 'key.converter': 'nope' }, [], 'which name matches nope'],
    [
      'a record of one of many topics',
      { ...SINK, topics: 'a,b' },
      [record({})],
      "'records[0].topic' is missing: the connector reads a, b",
    ],
    ['a topic that is not read', SINK, { ...sample, topic: 'x' }, 'Connector c does not read topic x: it reads t'],
    ['one of many topics', { ...SINK, topics: 'a,b' }, sample, "'from.topic' is missing: the connector reads a, b"],
    [
      'a topic of a source',
      SOURCE,
      sample,
      "Connector c is a source, which reads no topic: give its records in 'records'",
    ],
    ['a record of a source without topic', SOURCE, [record({})], "'records[0].topic' is missing"],
    ['a record of a source with an offset', SOURCE, [record({ topic: 't', offset: 1 })], "'records[0].offset'"],
    [
      'a bad schema',
      SOURCE,
      [record({ topic: 't', value: envelope })],
      "'records[0].value': Unknown schema type: nothing",
    ],
  ])('is refused for %s', async (_what, config, records, message) => {
    await expect(preview(config, records)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining(message),
    });
  });
});
