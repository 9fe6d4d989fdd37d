import { readFileSync, writeFileSync } from 'node:fs';
import { until } from '@tributary/testing';
import { ConnectClient, type Member, type TributaryCluster } from '@tributary/tools/cluster';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fixture, STRINGS } from './fixture.js';

const LINES = 1_000;
let fixture: Fixture;
let cluster: TributaryCluster;

beforeAll(async () => {
  fixture = await Fixture.start();
  cluster = await fixture.cluster('observed');
});
afterAll(() => fixture.dispose());

/** A process's series of Kafka Connect, as `name{labels}` to value. */
async function seriesOf(member: Member): Promise<Map<string, number>> {
  const { headers, body } = await new ConnectClient(member.url).get('/metrics');
  expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = String(body)
    .split('\n')
    .filter((line) => line.startsWith('kafka_connect_'));
  return new Map(lines.map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]));
}

const only = <T>(all: readonly T[]): T => {
  const [first] = all;
  if (first === undefined) throw new Error('there is none');
  return first;
};
const ofTask = (name: string, connector: string) => `kafka_connect_${name}{connector="${connector}",task="0"}`;
const stateOf = (connector: string, state: string) =>
  `kafka_connect_connector_status{connector="${connector}",task="0",status="${state}"}`;

test('metrics follow connectors and tasks through their lives and leave nothing behind', async () => {
  const { client } = cluster;
  const [herder, executor] = [only(cluster.of('herder')), only(cluster.of('task-executor'))];
  const [input, output] = [fixture.file('in.txt'), fixture.file('out.txt')];
  const source = { 'connector.class': 'FileStreamSource', topic: 'seen', ...STRINGS };
  const sink = { 'connector.class': 'FileStreamSink', topics: 'seen', ...STRINGS };
  writeFileSync(input, Array.from({ length: LINES }, (_, n) => `${n}\n`).join(''));
  await client.create('in', { ...source, file: input });
  await client.create('out', { ...sink, file: output });
  await client.create('bad', { ...sink, file: fixture.file('missing/folder/file') });

  const shows = (member: Member, ...wanted: readonly (readonly [string, number])[]) =>
    until(
      `${member.name} to show ${JSON.stringify(wanted)}`,
      async () => {
        const series = await seriesOf(member);
        return wanted.every(([name, value]) => series.get(name) === value);
      },
      30_000,
    );
  await shows(
    executor,
    [ofTask('source_task_source_record_write_total', 'in'), LINES],
    [ofTask('sink_task_sink_record_send_total', 'out'), LINES],
    ['kafka_connect_worker_task_count', 3],
    [stateOf('in', 'running'), 1],
    [stateOf('bad', 'failed'), 1],
    ['kafka_connect_worker_task_startup_failure_total', 1],
  );
  await shows(herder, ['kafka_connect_worker_connector_count', 3]);

  await client.put('/connectors/in/pause');
  await shows(executor, [stateOf('in', 'paused'), 1]);
  expect((await seriesOf(executor)).has(stateOf('in', 'running'))).toBe(false);

  for (const name of ['in', 'out', 'bad']) await client.delete(`/connectors/${name}`);
  await shows(executor, ['kafka_connect_worker_task_count', 0]);
  await shows(herder, ['kafka_connect_worker_connector_count', 0]);
  for (const member of [herder, executor]) {
    const left = [...(await seriesOf(member)).keys()].filter((name) => name.includes('connector="'));
    expect(left).toEqual([]);
  }
});

test('logs tell each event once, with connector and task, and nothing of records', async () => {
  const executor = only(cluster.of('task-executor'));
  await cluster.stop();
  const linesOf = (log: string) =>
    readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const lines = linesOf(executor.child.logFile);
  expect(lines.filter(({ level }) => level !== 'info')).toMatchObject([
    { level: 'error', connector: 'bad', task: 0, msg: expect.stringContaining('task bad-0 failed: ') },
  ]);
  const states = lines.filter(({ connector, task, logger }) => connector === 'in' && task === 0 && logger !== 'plugin');
  expect(states.map(({ msg }) => msg)).toEqual(['task is RUNNING', 'task is PAUSED', 'task is gone']);
  expect(lines.length).toBeLessThan(40);
});
