import { until } from '@tributary/testing';
import { exchange, TributaryCluster } from '@tributary/tools/cluster';
import { freePort } from '@tributary/tools/process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DocumentedApi, type ApiText } from './documented-api.js';
import { Fixture, STRINGS } from './fixture.js';

let fixture: Fixture;
let cluster: TributaryCluster;
let api: DocumentedApi;

beforeAll(async () => {
  fixture = await Fixture.start();
  cluster = await fixture.cluster('openapi');
  api = await DocumentedApi.load(cluster.client.baseUrl);
});
afterAll(() => fixture.dispose());

const SOURCE = { 'connector.class': 'FileStreamSource', topic: 'lines', ...STRINGS };
const connector = (name: string) => ({ path: { connector: name } });
const task = (name: string, number: string) => ({ path: { connector: name, task: number } });
const statusOf = async (id: string, call?: Parameters<DocumentedApi['call']>[1]) => (await api.call(id, call)).status;

test('what is answered while a connector lives is what the document says', async () => {
  const config = { ...SOURCE, file: fixture.file('in.txt') };
  const body = { name: 'lines', config };
  expect(await statusOf('createConnector', { body })).toBe(201);
  expect(await statusOf('createConnector', { body })).toBe(409);
  expect(await statusOf('createConnector', { body: { name: 'x', config: {} } })).toBe(400);
  expect(await statusOf('createConnector', { body: [] })).toBe(400);
  await cluster.client.untilState('lines', 'RUNNING', 1);
  expect(await statusOf('putConnectorConfig', { ...connector('lines'), body: { ...config, 'batch.size': 10 } })).toBe(
    200,
  );
  expect(await statusOf('putConnectorConfig', { ...connector('a/b'), body: config })).toBe(201);
  expect(await statusOf('patchConnectorConfig', { ...connector('lines'), body: { 'batch.size': null } })).toBe(200);
  expect(await statusOf('patchConnectorConfig', { ...connector('nope'), body: { a: 'b' } })).toBe(404);

  expect(await statusOf('pauseConnector', connector('lines'))).toBe(202);
  await cluster.client.untilState('lines', 'PAUSED', 1);
  expect(await statusOf('resumeConnector', connector('lines'))).toBe(202);
  await cluster.client.untilState('lines', 'RUNNING', 1);
  expect(await statusOf('restartConnector', { ...connector('lines'), query: '?includeTasks=true' })).toBe(202);
  await cluster.client.untilState('lines', 'RUNNING', 1);
  expect(await statusOf('restartConnector', connector('lines'))).toBe(204);
  expect(await statusOf('restartTask', task('lines', '0'))).toBe(204);
  expect(await statusOf('restartTask', task('lines', '7'))).toBe(404);
  expect(await statusOf('resetActiveTopics', connector('lines'))).toBe(202);

  const offsets = [{ partition: { filename: fixture.file('in.txt') }, offset: { position: 0 } }];
  const alter = { ...connector('lines'), body: { offsets } };
  expect(await statusOf('alterOffsets', alter)).toBe(400);
  expect(await statusOf('stopConnector', connector('lines'))).toBe(204);
  await cluster.client.untilState('lines', 'STOPPED', 0);
  expect(await statusOf('alterOffsets', alter)).toBe(200);
  expect((await api.call('getOffsets', connector('lines'))).body).toEqual({ offsets });
  expect(await statusOf('resetOffsets', connector('lines'))).toBe(200);
  expect(await statusOf('resetOffsets', connector('nope'))).toBe(404);
  for (const id of ['pauseConnector', 'resumeConnector', 'stopConnector', 'restartConnector', 'deleteConnector']) {
    expect(await statusOf(id, connector('nope'))).toBe(404);
  }
  expect(await statusOf('deleteConnector', connector('a/b'))).toBe(204);
  expect(await statusOf('deleteConnector', connector('lines'))).toBe(204);
});

test('every GET answers as the document says, with what is there and with what is not', async () => {
  const { client } = cluster;
  const failing = { 'connector.class': 'FileStreamSink', topics: 'lines', file: fixture.file('no/such/folder') };
  await client.create('failing', { ...failing, ...STRINGS });
  await client.create('running', { ...SOURCE, file: fixture.file('in.txt') });
  await client.untilState('running', 'RUNNING', 1);
  const stateOf = async (path: string) => ((await client.get(path)).body as { state?: string }).state;
  await until(
    'the task of the sink to fail',
    async () => (await stateOf('/connectors/failing/tasks/0/status')) === 'FAILED',
    60_000,
  );
  for (const id of api.operations('get')) {
    for (const name of ['running', 'failing']) {
      const call = { path: { connector: name, task: '0', plugin: 'FileStreamSource', logger: 'root' } };
      expect(await statusOf(id, call), id).toBe(200);
    }
    const path = { connector: 'nope', task: '3', plugin: 'nope', logger: 'nope' };
    expect([200, 404], id).toContain(await statusOf(id, { path }));
  }
  for (const query of ['?expand=info', '?expand=status', '?expand=info&expand=status', '?expand=x', '?expand=']) {
    expect(await statusOf('listConnectors', { query })).toBe(200);
  }
  expect(await statusOf('listPlugins', { query: '?connectorsOnly=false' })).toBe(200);
  const { body: plugins } = await api.call('listPlugins', { query: '?connectorsOnly=false' });
  for (const { class: plugin } of plugins as { class: string }[]) {
    expect(await statusOf('getPluginConfig', { path: { plugin } }), plugin).toBe(200);
  }
  expect(await statusOf('getPluginConfig', { path: { plugin: 'FileStreamSink' }, query: '?version=9.9' })).toBe(400);
});

test('validation and loggers answer as the document says', async () => {
  const validate = (body: unknown) => statusOf('validateConfig', { path: { plugin: 'FileStreamSource' }, body });
  expect(await validate({ ...SOURCE, name: 'x' })).toBe(200);
  expect(await validate({ ...SOURCE, name: null, 'tasks.max': 'x', 'producer.override.acks': 'x', bogus: null })).toBe(
    200,
  );
  expect(await validate({})).toBe(400);
  const level = (name: string, query: string, body: unknown) =>
    statusOf('setLoggerLevel', { path: { logger: name }, query, body });
  expect(await level('gateway', '', { level: 'debug' })).toBe(200);
  expect(await level('gateway', '?scope=cluster', { level: 'INFO' })).toBe(204);
  expect(await level('gateway', '', { level: 'bogus' })).toBe(404);
  expect(await level('gateway', '', {})).toBe(400);
});

test('what the tools for records answer is what the document says', async () => {
  const sink = {
    'connector.class': 'FileStreamSink',
    topics: 'letters',
    file: fixture.file('letters.txt'),
    'errors.tolerance': 'all',
    'errors.deadletterqueue.topic.name': 'dead-letters',
    'errors.deadletterqueue.topic.replication.factor': '1',
    ...STRINGS,
  };
  await cluster.client.create('letters', sink);
  await cluster.client.untilState('letters', 'RUNNING', 1);
  const records = [{ topic: 'letters', value: { text: 'x' } }];
  expect(await statusOf('previewRecords', { ...connector('letters'), body: { records } })).toBe(200);
  expect(await statusOf('previewRecords', { ...connector('letters'), body: { records: 1 } })).toBe(400);
  expect(await statusOf('redriveDeadLetters', { ...connector('letters'), body: { dryRun: true } })).toBe(200);
  expect(await statusOf('redriveDeadLetters', { ...connector('letters'), body: { stage: 'x' } })).toBe(400);
  expect(await statusOf('redriveDeadLetters', { ...connector('nope'), body: {} })).toBe(404);
});

test('every operation has been called, and answered with success', () => {
  const successful = new Set([...api.seen].filter((each) => / 2\d\d$/.test(each)).map((each) => each.split(' ')[0]));
  const all = ['get', 'put', 'post', 'patch', 'delete'].flatMap((method) => api.operations(method));
  expect(all.filter((id) => !successful.has(id))).toEqual([]);
});

test('the document is there before Kafka is, without /admin where that has listeners of its own', async () => {
  const early = new TributaryCluster({
    bootstrapServers: `127.0.0.1:${await freePort()}`,
    directory: fixture.file('early'),
    name: 'early',
    properties: { 'admin.listeners': `http://127.0.0.1:${await freePort()}` },
  });
  const ended = early.add('gateway').then(
    () => 'ready',
    () => 'ended',
  );
  const document = await until(
    'the document',
    async () => {
      const url = early.of('gateway')[0]?.url;
      return url === undefined ? undefined : exchange(url, 'GET', '/openapi.json');
    },
    60_000,
  );
  const url = early.of('gateway')[0]?.url ?? '';
  expect((await exchange(url, 'GET', '/connectors')).status).toBe(503);
  expect(document).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
  const paths = Object.keys((JSON.parse(document.text) as ApiText).paths);
  expect(paths).toContain('/connectors/{connector}/status');
  expect(paths.filter((path) => path.startsWith('/admin'))).toEqual([]);
  await early.stop();
  expect(await ended).toBe('ended');
});
