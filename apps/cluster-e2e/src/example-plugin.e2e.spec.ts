import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from '@tributary/testing';
import type { TributaryCluster } from '@tributary/tools/cluster';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fixture } from './fixture.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const COUNTERS = 4;
const LAST = 2_000;
const JSON_VALUES = {
  'key.converter': 'org.apache.kafka.connect.storage.StringConverter',
  'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
  'value.converter.schemas.enable': 'false',
};

let fixture: Fixture;
let cluster: TributaryCluster;

beforeAll(async () => {
  fixture = await Fixture.start();
  buildInto(fixture.file('plugins/counting'));
  cluster = await fixture.cluster('example', 2, { 'plugin.path': fixture.file('plugins') });
});
afterAll(() => fixture.dispose());

/** As docs/writing-a-plugin.md says: built, put on the plugin path, with the worker's own connect-api beside it. */
function buildInto(folder: string): void {
  const example = join(root, 'examples/plugin');
  mkdirSync(join(folder, 'node_modules/@tributary'), { recursive: true });
  execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', example, '--outDir', join(folder, 'dist')]);
  copyFileSync(join(example, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(root, 'libs/connect-api'), join(folder, 'node_modules/@tributary/connect-api'));
}

/** Numbers that arrived, by counter, in the order of the file. */
function arrived(file: string): Map<number, number[]> {
  const numbers = new Map<number, number[]>();
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  for (const line of lines) {
    const { counter, number } = JSON.parse(line) as { counter: number; number: number };
    numbers.set(counter, [...(numbers.get(counter) ?? []), number]);
  }
  return numbers;
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

test('the example plugin is listed, validated, runs, and goes on from its offsets', async () => {
  const { client } = cluster;
  const { body: plugins } = await client.get('/connector-plugins');
  expect(plugins).toContainEqual({ class: 'com.example.CountingSourceConnector', type: 'source', version: '1.0.0' });
  expect(plugins).toContainEqual({ class: 'com.example.LinesSinkConnector', type: 'sink', version: '1.0.0' });

  const source = {
    'connector.class': 'CountingSource',
    'tasks.max': '3',
    topic: 'counted',
    counters: String(COUNTERS),
    'last.number': String(LAST),
    ...JSON_VALUES,
  };
  expect(await client.put('/connectors/refused/config', { ...source, counters: '0' })).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('Invalid value 0 for configuration counters') },
  });

  const output = fixture.file('counted.jsonl');
  await client.create('counting', source);
  await client.create('lines', { 'connector.class': 'LinesSink', topics: 'counted', file: output, ...JSON_VALUES });
  await client.untilState('counting', 'RUNNING', 3);
  await client.untilState('lines', 'RUNNING', 1);
  const complete = (last: number) => () =>
    Array.from({ length: COUNTERS }, (_, counter) => arrived(output).get(counter)?.length ?? 0).every(
      (n) => n === last,
    );
  await until('every counter to arrive', complete(LAST), 30_000);

  const put = await client.put('/connectors/counting/config', { ...source, 'last.number': String(LAST + 500) });
  expect(put.status).toBe(200);
  await until('the rest to arrive', complete(LAST + 500), 30_000);
  for (const numbers of arrived(output).values()) expect(numbers).toEqual(upTo(LAST + 500));
});

test('a sink whose file cannot be opened says so in its status', async () => {
  const { client } = cluster;
  await client.create('nowhere', {
    'connector.class': 'LinesSink',
    topics: 'counted',
    file: fixture.file('missing/folder/file'),
    ...JSON_VALUES,
  });
  const trace = async () => {
    const { body } = await client.get('/connectors/nowhere/tasks/0/status');
    return (body as { trace?: string }).trace;
  };
  const said = await until('the task to fail', trace, 30_000);
  expect(said).toContain('ConnectException: opening ');
  expect(said).toContain('ENOENT');
});

test('a transformation of the example plugin drops and changes records of a source', async () => {
  const { client } = cluster;
  const { body: plugins } = await client.get('/connector-plugins?connectorsOnly=false');
  expect(plugins).toContainEqual({ class: 'com.example.KeepMultiples', type: 'transformation', version: '1.0.0' });
  const source = {
    'connector.class': 'CountingSource',
    topic: 'multiples',
    'last.number': '20',
    transforms: 'keep',
    'transforms.keep.type': 'KeepMultiples',
    'transforms.keep.of': '5',
    ...JSON_VALUES,
  };
  await client.create('multiples-in', source);
  const file = fixture.file('multiples.jsonl');
  await client.create('multiples-out', { 'connector.class': 'LinesSink', topics: 'multiples', file, ...JSON_VALUES });
  await until('the multiples to arrive', () => (arrived(file).get(0) ?? []).length === 4, 60_000);
  expect(arrived(file).get(0)).toEqual([5, 10, 15, 20]);
  expect(readFileSync(file, 'utf8')).toContain('"times":4');
});
