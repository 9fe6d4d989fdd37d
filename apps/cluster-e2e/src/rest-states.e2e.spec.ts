import { appendFileSync, writeFileSync } from 'node:fs';
import { until } from '@tributary/testing';
import type { TributaryCluster } from '@tributary/tools/cluster';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fixture, STRINGS } from './fixture.js';

// What is expected of the bodies is what an Apache Kafka Connect 4.3.1 worker answers to the same requests.

let fixture: Fixture;
let cluster: TributaryCluster;
let source: Record<string, string>;

beforeAll(async () => {
  fixture = await Fixture.start();
  cluster = await fixture.cluster('states');
  writeFileSync(fixture.file('in.txt'), 'one\n');
  source = { 'connector.class': 'FileStreamSource', file: fixture.file('in.txt'), topic: 'states', ...STRINGS };
});
afterAll(() => fixture.dispose());

interface Status {
  readonly connector: { readonly state: string };
  readonly tasks: readonly { readonly state: string; readonly trace?: string }[];
}
const statesOf = ({ connector, tasks }: Status) => [connector.state, ...tasks.map(({ state }) => state)];
const states = async (name: string) => {
  const { status, body } = await cluster.client.get(`/connectors/${name}/status`);
  return status === 200 ? statesOf(body as Status) : [];
};
const become = (name: string, ...wanted: string[]) =>
  until(`${name} to be ${wanted.join()}`, async () => (await states(name)).join() === wanted.join(), 30_000);

test('a connector begins in the state that was asked for', async () => {
  const { client } = cluster;
  for (const [initial_state, state] of [
    ['paused', 'PAUSED'],
    ['STOPPED', 'STOPPED'],
  ] as const) {
    expect((await client.post('/connectors', { name: state, config: source, initial_state })).status).toBe(201);
    await become(state, state);
    expect((await client.get(`/connectors/${state}/tasks`)).body).toEqual([]);
    expect((await client.post(`/connectors/${state}/tasks/0/restart`)).body).toEqual({
      error_code: 404,
      message: `Unknown task: ${state}-0`,
    });
    expect((await client.put(`/connectors/${state}/resume`)).status).toBe(202);
    await become(state, 'RUNNING', 'RUNNING');
    expect((await client.delete(`/connectors/${state}`)).status).toBe(204);
  }
});

test('a connector is paused, resumed, stopped and restarted', async () => {
  const { client } = cluster;
  await client.create('c', source);
  await become('c', 'RUNNING', 'RUNNING');
  for (let n = 0; n < 2; n++) expect((await client.put('/connectors/c/pause')).status).toBe(202);
  await become('c', 'PAUSED', 'PAUSED');
  expect((await client.post('/connectors/c/restart')).status).toBe(204);
  await become('c', 'PAUSED', 'PAUSED');
  expect((await client.put('/connectors/c/resume/')).status).toBe(202);
  await become('c', 'RUNNING', 'RUNNING');

  expect((await client.post('/connectors/c/tasks/0/restart')).status).toBe(204);
  expect((await client.post('/connectors/c/tasks/5/restart')).body).toEqual({
    error_code: 404,
    message: 'Unknown task: c-5',
  });
  for (const flags of [
    '',
    '?includeTasks=',
    '?includeTasks=1',
    '?includetasks=true',
    '?includeTasks=false&includeTasks=true',
  ])
    expect((await client.post(`/connectors/c/restart${flags}`)).status, flags).toBe(204);
  for (const [flags, wanted] of [
    ['includeTasks=True', ['RESTARTING', 'RESTARTING']],
    ['includeTasks=true&includeTasks=false', ['RESTARTING', 'RESTARTING']],
    ['includeTasks=true&onlyFailed=true', ['RUNNING', 'RUNNING']],
    ['onlyFailed=TRUE', ['RUNNING', 'RUNNING']],
  ] as const) {
    await become('c', 'RUNNING', 'RUNNING');
    const { status, body } = await client.post(`/connectors/c/restart?${flags}`);
    expect([status, statesOf(body as Status)], flags).toEqual([202, wanted]);
  }

  expect((await client.put('/connectors/c/stop')).status).toBe(204);
  await become('c', 'STOPPED');
  expect((await client.get('/connectors/c/tasks')).body).toEqual([]);
  expect((await client.put('/connectors/c/resume')).status).toBe(202);
  await become('c', 'RUNNING', 'RUNNING');
});

test('topics that were reset are noted again when they are used again', async () => {
  const { client } = cluster;
  const topics = async () => JSON.stringify((await client.get('/connectors/c/topics')).body);
  await until('the topic to be noted', async () => (await topics()) === '{"c":{"topics":["states"]}}', 30_000);
  expect((await client.put('/connectors/c/topics/reset')).status).toBe(202);
  expect(await topics()).toBe('{"c":{"topics":[]}}');
  appendFileSync(fixture.file('in.txt'), 'two\n');
  await until('the topic to be noted again', async () => (await topics()) === '{"c":{"topics":["states"]}}', 30_000);
});

test('a task that failed shows its trace, and is restarted alone', async () => {
  const { client } = cluster;
  const file = fixture.file('nowhere/out.txt');
  await client.create('f', { 'connector.class': 'FileStreamSink', topics: 'states', file });
  await become('f', 'RUNNING', 'FAILED');
  const { trace } = ((await client.get('/connectors/f/status')).body as Status).tasks[0] ?? {};
  const [first, second] = (trace ?? '').split('\n');
  expect(first).toBe(
    `org.apache.kafka.connect.errors.ConnectException: Couldn't find or create file '${file}' for FileStreamSinkTask`,
  );
  expect(second).toMatch(/^\tat /);
  const restarted = await client.post('/connectors/f/restart?includeTasks=true&onlyFailed=true');
  expect([restarted.status, statesOf(restarted.body as Status)]).toEqual([202, ['RUNNING', 'RESTARTING']]);
  await become('f', 'RUNNING', 'FAILED');
});

test('a configuration is validated without being used', async () => {
  const { client } = cluster;
  const validate = (path: string, config: object) => client.put(`/connector-plugins/${path}/config/validate`, config);
  const good = await validate('FileStreamSource', source);
  expect(good.body).toMatchObject({
    name: 'FileStreamSource',
    error_count: 1,
    groups: [
      'Common',
      'Transforms',
      'Predicates',
      'Error Handling',
      'Topic Creation',
      'Exactly Once Support',
      'offsets.topic',
    ],
  });
  const bad = await validate('FileStreamSinkConnector', {
    name: 's',
    'connector.class': 'FileStreamSink',
    'tasks.max': 'x',
  });
  expect(bad.status).toBe(200);
  const errors = (bad.body as { configs: { value: { name: string; errors: string[] } }[] }).configs
    .filter(({ value }) => value.errors.length > 0)
    .map(({ value }) => [value.name, value.errors]);
  expect(errors).toEqual([
    [
      'tasks.max',
      [
        'Invalid value x for configuration tasks.max: Not a number of type INT',
        'Invalid value null for configuration tasks.max: Value must be non-null',
      ],
    ],
    ['topics', ['Must configure one of topics or topics.regex']],
    ['topics.regex', ['Must configure one of topics or topics.regex']],
  ]);
  expect((await validate('FileStreamSink', source)).body).toEqual({
    error_code: 400,
    message: 'Included connector type FileStreamSource does not match request type FileStreamSink',
  });
});
