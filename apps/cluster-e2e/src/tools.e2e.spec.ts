import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { until } from '@tributary/testing';
import { exchange, type TributaryCluster } from '@tributary/tools/cluster';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DocumentedApi } from './documented-api.js';
import { Fixture, STRINGS } from './fixture.js';

const SMT = 'org.apache.kafka.connect.transforms.';
const JSON_VALUES = {
  'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
  'value.converter.schemas.enable': 'false',
};

let fixture: Fixture;
let cluster: TributaryCluster;
let api: DocumentedApi;
beforeAll(async () => {
  fixture = await Fixture.start();
  cluster = await fixture.cluster('tools', 2, {
    'config.providers': 'file',
    'config.providers.file.class': 'org.apache.kafka.common.config.provider.FileConfigProvider',
  });
  api = await DocumentedApi.load(cluster.client.baseUrl);
  writeFileSync(fixture.file('in.txt'), '{"id":1}\n{"id":2\n{"id":3}\n{"id":4\n');
  writeFileSync(fixture.file('secret.properties'), 'word=open-sesame\n');
  await cluster.client.create('in', {
    'connector.class': 'FileStreamSource',
    file: fixture.file('in.txt'),
    topic: 'ids',
    ...STRINGS,
  });
  await cluster.client.create('out', OUT());
});
afterAll(() => fixture.dispose());

const OUT = () => ({
  'connector.class': 'FileStreamSink',
  file: fixture.file('out.txt'),
  topics: 'ids',
  ...JSON_VALUES,
  transforms: 'word',
  'transforms.word.type': `${SMT}InsertField$Value`,
  'transforms.word.static.field': 'word',
  'transforms.word.static.value': `\${file:${fixture.file('secret.properties')}:word}`,
  'errors.tolerance': 'all',
  'errors.deadletterqueue.topic.name': 'ids-dead',
  'errors.deadletterqueue.topic.replication.factor': '1',
  'errors.deadletterqueue.context.headers.enable': 'true',
});
const lines = (): string[] => {
  const file = fixture.file('out.txt');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
};

const preview = (connector: string, body: unknown) => api.call('previewRecords', { path: { connector }, body });
const redrive = (connector: string, body: unknown) => api.call('redriveDeadLetters', { path: { connector }, body });
const refused = (status: number, message: string) => ({
  status,
  body: { error_code: status, message: expect.stringContaining(message) },
});

test('records are shown as each step makes them, on every executor alike and without secrets', async () => {
  await until('the good records', () => lines().length === 2, 60_000);
  const places = ['[0] ids-0-2', '[1] ids-0-3'];
  for (let turn = 0; turn < 2; turn++) {
    const { status, body } = await preview('out', { from: { partition: 0, offset: 2, count: 2 } });
    expect(status).toBe(200);
    const { records } = body as { records: Record<string, never>[] };
    expect(records.map((each, at) => `[${at}] ${each['topic']}-${each['partition']}-${each['offset']}`)).toEqual(
      places,
    );
    expect(records).toMatchObject([
      { outcome: 'passed', value: { text: '{"id":3}' }, headers: [] },
      { outcome: 'failed', by: 'VALUE_CONVERTER' },
    ]);
    expect(JSON.stringify(records[0])).toContain('"payload":{"word":"[hidden]","id":3}');
    expect(JSON.stringify(body)).not.toContain('open-sesame');
  }
  const large = '{"records":[{"topic":"t","value":{"json":{"id":9007199254740993}}}]}';
  const { text } = await exchange(cluster.client.baseUrl, 'POST', '/connectors/in/preview', large);
  expect(text).toContain('"payload":{"id":9007199254740993}');
});

test('a configuration can be tried that is not stored', async () => {
  const config = { 'connector.class': 'FileStreamSink', topics: 'a', ...STRINGS };
  const hoist = { transforms: 'h', 'transforms.h.type': `${SMT}HoistField$Value`, 'transforms.h.field': 'line' };
  const { body } = await preview('draft', { config: { ...config, ...hoist }, records: [{ value: { text: 'x' } }] });
  expect(JSON.stringify(body)).toContain('"payload":{"line":"x"}');
  expect((await exchange(cluster.client.baseUrl, 'GET', '/connectors/draft')).status).toBe(404);
  const wrong = { config: { ...config, transforms: 'h' }, records: [{}] };
  const other = { config: { ...config, name: 'other' }, records: [{}] };
  expect(await preview('draft', other)).toEqual(refused(400, "doesn't match connector name in the URL (draft)"));
  expect(await preview('draft', wrong)).toEqual(refused(400, 'The configuration cannot be previewed'));
});

test('dead letters that fail again come back with a count, until they are left alone', async () => {
  const all = { selected: 2, delivered: 0, returned: 2, unconfirmed: 0, notReached: 0 };
  expect(await redrive('out', { dryRun: true })).toMatchObject({ status: 200, body: { selected: 2, notReached: 2 } });
  for (const round of [0, 1, 2]) {
    const body = { ...all, stopped: 'end', read: 2 + 2 * round, next: [{ partition: 0, from: 2 + 2 * round }] };
    expect(await redrive('out', {})).toMatchObject({ status: 200, body });
  }
  const left = { read: 8, selected: 0, returned: 0, skipped: { superseded: 6, tooOften: 2 } };
  expect(await redrive('out', {})).toMatchObject({ status: 200, body: left });

  await exchange(
    cluster.client.baseUrl,
    'PUT',
    '/connectors/out/config',
    JSON.stringify({ ...OUT(), ...STRINGS, transforms: '' }),
  );
  await cluster.client.untilState('out', 'RUNNING', 1);
  const again = { maxRedrives: 4, stage: 'VALUE_CONVERTER', partitions: [{ partition: 0, from: 6 }] };
  const done = { selected: 2, delivered: 2, returned: 0, next: [{ partition: 0, from: 8 }] };
  expect(await redrive('out', again)).toMatchObject({ status: 200, body: done });
  expect(lines().slice(-2)).toEqual(['{"id":2', '{"id":4']);
  appendFileSync(fixture.file('in.txt'), '{"id":5}\n');
  await until('the next record', () => lines().at(-1) === '{"id":5}', 60_000);
});

test('what cannot be done is refused with the reason', async () => {
  const record = { records: [{}] };
  expect(await preview('nobody', record)).toEqual(refused(404, 'Connector nobody not found'));
  expect(await redrive('nobody', {})).toEqual(refused(404, 'Connector nobody not found'));
  expect(await redrive('in', {})).toEqual(refused(400, 'Connector in is a source'));
  await cluster.client.create('plain', { ...OUT(), 'errors.deadletterqueue.topic.name': '' });
  expect(await redrive('plain', {})).toEqual(refused(400, 'Connector plain has no dead letter queue'));
  expect(await preview('out', { records: [{ value: 'x' }] })).toEqual(refused(400, "'records[0].value' must be"));
  expect(await preview('out', { from: { topic: 'other' } })).toEqual(refused(400, 'does not read topic other'));
  expect(await redrive('out', { limit: 0 })).toEqual(refused(400, "'limit' must be a whole number from 1"));
  expect(await redrive('out', { partitions: [{ partition: 7 }] })).toEqual(refused(404, 'has no partition 7'));
  await exchange(cluster.client.baseUrl, 'PUT', '/connectors/out/stop');
  await until('it to be stopped', async () => (await redrive('out', {})).status === 409, 30_000);
  for (const path of ['preview', 'dlq/redrive']) {
    const url = `/connectors/out/${path}`;
    expect(await exchange(cluster.client.baseUrl, 'POST', url, '{')).toMatchObject({ status: 400 });
    expect(await exchange(cluster.client.baseUrl, 'POST', url, '')).toMatchObject({ status: 400 });
    expect(await exchange(cluster.client.baseUrl, 'GET', url)).toMatchObject({ status: 405 });
  }
});
