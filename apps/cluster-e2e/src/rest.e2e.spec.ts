import { writeFileSync } from 'node:fs';
import { until } from '@tributary/testing';
import { exchange, type TributaryCluster } from '@tributary/tools/cluster';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Fixture } from './fixture.js';

// What stands here as text is what an Apache Kafka Connect 4.3.1 worker answers to the same requests.

let fixture: Fixture;
let cluster: TributaryCluster;
let source: Record<string, string>;
let executor: string;
let herder: string;

beforeAll(async () => {
  fixture = await Fixture.start();
  cluster = await fixture.cluster('rest');
  writeFileSync(fixture.file('in.txt'), 'one\n');
  source = { 'connector.class': 'FileStreamSource', file: fixture.file('in.txt'), topic: 'rest' };
  executor = new URL(cluster.of('task-executor')[0]?.url ?? '').host;
  herder = new URL(cluster.of('herder')[0]?.url ?? '').host;
});
afterAll(() => fixture.dispose());

const answer = (method: string, path: string, body?: unknown) =>
  exchange(cluster.client.baseUrl, method, path, body === undefined ? '' : JSON.stringify(body));

/** Status and body as text. */
async function ask(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }> {
  const { status, text } = await answer(method, path, body);
  return { status, text };
}

const error = (error_code: number, message: string) => ({
  status: error_code,
  text: JSON.stringify({ error_code, message }),
});
const refusal = (errors: number, ...messages: string[]) =>
  error(
    400,
    [
      `Connector configuration is invalid and contains the following ${errors} error(s):`,
      ...messages,
      'You can also find the above list of errors at the endpoint `/connector-plugins/{connectorType}/config/validate`',
    ].join('\n'),
  );
const gone = (name: string) =>
  until(`${name} to be gone`, async () => (await ask('GET', `/connectors/${name}/status`)).status === 404, 30_000);

test('a cluster tells what it is and what it has', async () => {
  const root = JSON.parse((await ask('GET', '/')).text) as object;
  expect(Object.keys(root)).toEqual(['version', 'commit', 'kafka_cluster_id']);
  expect(root).toMatchObject({ version: '4.3.1', kafka_cluster_id: expect.stringMatching(/^.{22}$/) });
  expect(await ask('GET', '/health')).toEqual({
    status: 200,
    text: '{"status":"healthy","message":"Worker has completed startup and is ready to handle requests."}',
  });
  expect(await ask('GET', '/connectors')).toEqual({ status: 200, text: '[]' });
  expect(await ask('GET', '/connector-plugins')).toEqual({
    status: 200,
    text: '[{"class":"org.apache.kafka.connect.file.FileStreamSinkConnector","type":"sink","version":"4.3.1"},{"class":"org.apache.kafka.connect.file.FileStreamSourceConnector","type":"source","version":"4.3.1"}]',
  });
});

test('a connector is created, shown in every way and deleted', async () => {
  const config = JSON.stringify({ ...source, name: 'c' });
  const created = await answer('POST', '/connectors', { name: 'c', config: source });
  expect(created.status).toBe(201);
  expect(created.headers.location).toBe(`${cluster.client.baseUrl}/connectors/c`);
  expect(created.headers['content-type']).toBe('application/json');
  expect(created.text).toBe(`{"name":"c","config":${config},"tasks":[],"type":"source"}`);
  expect(await ask('GET', '/connectors')).toEqual({ status: 200, text: '["c"]' });
  expect(await ask('GET', '/connectors/c/config')).toEqual({ status: 200, text: config });

  await cluster.client.untilState('c', 'RUNNING', 1);
  const info = `{"name":"c","config":${config},"tasks":[{"connector":"c","task":0}],"type":"source"}`;
  const task = `{"id":0,"state":"RUNNING","worker_id":"${executor}","version":"4.3.1"}`;
  const status = `{"name":"c","connector":{"state":"RUNNING","worker_id":"${herder}","version":"4.3.1"},"tasks":[${task}],"type":"source"}`;
  const expectations = {
    '/connectors/c': info,
    '/connectors/c/': info,
    '/connectors/c/status': status,
    '/connectors/c/tasks/0/status': task,
    '/connectors/c/tasks/+0/status': task,
    '/connectors/c/topics': '{"c":{"topics":["rest"]}}',
    '/connectors?expand=info': `{"c":{"info":${info}}}`,
    '/connectors?expand=info&expand=status': `{"c":{"info":${info},"status":${status}}}`,
    '/connectors?expand=status&expand=info': `{"c":{"status":${status},"info":${info}}}`,
    '/connectors?expand=info,status': '{"c":{}}',
    '/connectors?expand=': '{"c":{}}',
  };
  await until(
    'the topic to be noted',
    async () => (await ask('GET', '/connectors/c/topics')).text.includes('rest'),
    30_000,
  );
  for (const [path, text] of Object.entries(expectations)) {
    expect(await ask('GET', path), path).toEqual({ status: 200, text });
    expect(await ask('HEAD', path), path).toEqual({ status: 200, text: '' });
  }
  const tasks = JSON.parse((await ask('GET', '/connectors/c/tasks')).text) as unknown;
  const taskClass = 'org.apache.kafka.connect.file.FileStreamSourceTask';
  expect(tasks).toEqual([
    { id: { connector: 'c', task: 0 }, config: { ...source, name: 'c', 'task.class': taskClass } },
  ]);

  expect(await ask('POST', '/connectors', { name: 'c', config: source })).toEqual(
    error(409, 'Connector c already exists'),
  );
  expect(await ask('DELETE', '/connectors/c')).toEqual({ status: 204, text: '' });
  for (const path of ['', '/config', '/tasks']) {
    expect(await ask('GET', `/connectors/c${path}`)).toEqual(error(404, 'Connector c not found'));
  }
  expect(await ask('DELETE', '/connectors/c')).toEqual(error(404, 'Connector c not found'));
  await gone('c');
});

test.each([
  ['GET', '', 'Connector nope not found'],
  ['GET', '/config', 'Connector nope not found'],
  ['GET', '/tasks', 'Connector nope not found'],
  ['GET', '/status', 'No status found for connector nope'],
  ['GET', '/tasks/0/status', 'No status found for task nope-0'],
  ['GET', '/tasks/x/status', 'HTTP 404 Not Found'],
  ['GET', '/tasks/99999999999/status', 'HTTP 404 Not Found'],
  ['GET', '/tasks-config', 'HTTP 404 Not Found'],
  ['DELETE', '', 'Connector nope not found'],
  ['PUT', '/pause', 'Unknown connector nope'],
  ['PUT', '/resume', 'Unknown connector nope'],
  ['PUT', '/stop', 'Unknown connector nope'],
  ['POST', '/restart', 'Unknown connector: nope'],
  ['POST', '/restart?includeTasks=true', 'Unknown connector: nope'],
  ['POST', '/tasks/0/restart', 'Unknown connector: nope'],
])('%s %s of a connector that is not there says so', async (method, path, message) => {
  expect(await ask(method, `/connectors/nope${path}`)).toEqual(error(404, message));
});

test('topics of a connector that is not there are none, and can be reset', async () => {
  expect(await ask('GET', '/connectors/nope/topics')).toEqual({ status: 200, text: '{"nope":{"topics":[]}}' });
  expect(await ask('PUT', '/connectors/nope/topics/reset')).toEqual({ status: 202, text: '' });
});

describe('a configuration that is refused leaves nothing behind:', () => {
  const EMPTY_NAME = 'Invalid value  for configuration name: String may not be empty';
  const at = (config: Record<string, unknown>) => ({ 'connector.class': 'FileStreamSource', topic: 't', ...config });
  test.each([
    ['no name', { config: at({}) }, refusal(1, EMPTY_NAME)],
    ['null as name', { name: null, config: at({}) }, refusal(1, EMPTY_NAME)],
    ['a blank name', { name: ' \t', config: at({}) }, refusal(1, EMPTY_NAME)],
    [
      'control characters in a name',
      { name: 'a\u0001\u0002b\u007f', config: at({}) },
      refusal(
        1,
        'Invalid value a\u0001\u0002b\u007f for configuration name: String may not contain control sequences but had the following ASCII chars: 1, 2, 127',
      ),
    ],
    [
      'two names',
      { name: 'a', config: at({ name: 'b' }) },
      error(400, "Connector name configuration (b) doesn't match connector name in the URL (a)"),
    ],
    ['no class', { name: 'a', config: {} }, error(400, 'Connector config {name=a} contains no connector type')],
    [
      'a required property missing',
      { name: 'a', config: { 'connector.class': 'FileStreamSource' } },
      refusal(1, 'Missing required configuration "topic" which has no default value.'),
    ],
    [
      'a number that is none',
      { name: 'a', config: at({ 'tasks.max': 'x' }) },
      refusal(
        2,
        'Invalid value x for configuration tasks.max: Not a number of type INT',
        'Invalid value null for configuration tasks.max: Value must be non-null',
      ),
    ],
    [
      'a number out of range',
      { name: 'a', config: at({ 'tasks.max': 0 }) },
      refusal(1, 'Invalid value 0 for configuration tasks.max: Value must be at least 1'),
    ],
    [
      'null for what nobody knows',
      { name: 'a', config: at({ foo: null }) },
      refusal(1, 'Null value can not be supplied as the configuration value.'),
    ],
  ])('%s', async (_what, body, refused) => {
    expect(await ask('POST', '/connectors', body)).toEqual(refused);
    expect(await ask('GET', '/connectors')).toEqual({ status: 200, text: '[]' });
  });

  test('an unknown class', async () => {
    const { status, text } = await ask('POST', '/connectors', { name: 'a', config: { 'connector.class': 'Foo' } });
    expect(status).toBe(400);
    expect(text).toContain(
      'Failed to find any class that implements Connector and which name matches Foo, available connectors are: PluginDesc{klass=class org.apache.kafka.connect.file.FileStreamSinkConnector, ',
    );
  });

  test('one larger than Kafka takes', async () => {
    const large = { ...source, note: 'x'.repeat(2_000_000) };
    const refused = error(500, 'Error writing connector configuration to Kafka');
    expect(await ask('PUT', '/connectors/large/config', large)).toEqual(refused);
    expect(await ask('POST', '/connectors', { name: 'large', config: large, initial_state: 'PAUSED' })).toEqual(
      refused,
    );
    expect((await ask('GET', '/connectors/large')).status).toBe(404);
    // no target state is left over from the refused request
    expect((await ask('PUT', '/connectors/large/config', source)).status).toBe(201);
    await cluster.client.untilState('large', 'RUNNING', 1);
    await ask('DELETE', '/connectors/large');
  });
});

test('a configuration is put, put again, changed, and its numbers stay as they were written', async () => {
  const info = (config: object, tasks: string) =>
    `{"name":"p","config":${JSON.stringify({ ...config, name: 'p' })},"tasks":[${tasks}],"type":"source"}`;
  const created = await answer('PUT', '/connectors/p/config', source);
  expect(created).toMatchObject({ status: 201, text: info(source, '') });
  expect(created.headers.location).toBe(`${cluster.client.baseUrl}/connectors/p`);
  await cluster.client.untilState('p', 'RUNNING', 1);
  const again = await answer('PUT', '/connectors/p/config', source);
  expect(again).toMatchObject({ status: 200, text: info(source, '{"connector":"p","task":0}') });
  expect(again.headers.location).toBeUndefined();

  const numbers = '"f":1.0,"big":123456789012345678901234567890,"e":1E3,"b":true';
  const text = JSON.stringify({ ...source, marker: 0 }).replace('"marker":0', numbers);
  const response = await exchange(cluster.client.baseUrl, 'PUT', '/connectors/p/config', text);
  expect(response.status).toBe(200);
  expect(JSON.parse((await ask('GET', '/connectors/p/config')).text)).toEqual({
    ...source,
    name: 'p',
    f: '1.0',
    big: '123456789012345678901234567890',
    e: '1E3',
    b: 'true',
  });
  expect(await ask('PUT', '/connectors/p/config', { ...source, name: 'q' })).toEqual(
    error(400, "Connector name configuration (q) doesn't match connector name in the URL (p)"),
  );
  await ask('DELETE', '/connectors/p');
});

test('names of every kind can be used, percent-encoded', async () => {
  const names = [
    'with space',
    'a/b',
    'a%b',
    'a%2Fb',
    'q?m#h',
    'pl+us;x=1',
    'uni-ä你',
    '..',
    'a\\b',
    '__proto__',
    'L'.repeat(300),
  ];
  for (const name of names) {
    const path = `/connectors/${encodeURIComponent(name).replaceAll('.', '%2E')}`;
    const target = (method: string, rest: string, body?: unknown) => ask(method, path + rest, body);
    expect((await target('PUT', '/config', source)).status, name).toBe(201);
    expect((await target('GET', '')).status, name).toBe(200);
    expect((await target('PUT', '/pause')).status, name).toBe(202);
    expect((await target('DELETE', '')).status, name).toBe(204);
    expect((await target('GET', '')).status, name).toBe(404);
  }
});
