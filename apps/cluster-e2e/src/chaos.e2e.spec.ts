import { statSync } from 'node:fs';
import { until } from '@tributary/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fixture, STRINGS } from './fixture.js';
import { appendNumberedLines, arrivalOf } from './numbered-lines.js';

const LINES = 200_000;
const LINE_BYTES = 15;

let fixture: Fixture;
beforeAll(async () => (fixture = await Fixture.start()));
afterAll(() => fixture.dispose());

test('every line arrives although executors and the leading herder are killed on the way', async () => {
  const properties = { 'offset.flush.interval.ms': '500', 'session.timeout.ms': '6000' };
  const cluster = await fixture.cluster('chaos', 2, properties);
  await cluster.add('herder');
  const { client } = cluster;
  const [input, output] = [fixture.file('in.txt'), fixture.file('out.txt')];
  appendNumberedLines(input, 1, 1);
  await client.create('in', { 'connector.class': 'FileStreamSource', file: input, topic: 'numbers', ...STRINGS });
  await client.create('out', { 'connector.class': 'FileStreamSink', file: output, topics: 'numbers', ...STRINGS });
  await client.untilState('in', 'RUNNING', 1);
  await client.untilState('out', 'RUNNING', 1);

  const arrived = (lines: number) => (statSync(output, { throwIfNoEntry: false })?.size ?? 0) >= lines * LINE_BYTES;
  const killOwnerOf = async (connector: string) => {
    const status = await client.untilState(connector, 'RUNNING', 1, 60_000);
    const owner = cluster.of('task-executor').find(({ url }) => new URL(url).host === status.tasks[0]?.worker_id);
    if (owner === undefined) throw new Error(`nobody has the task of ${connector}: ${JSON.stringify(status)}`);
    await cluster.end(owner, 'SIGKILL');
    await cluster.add('task-executor');
  };
  const killLeader = async () => {
    const [status] = [await client.untilState('in', 'RUNNING', 1, 60_000)];
    const leader = cluster.of('herder').find(({ url }) => new URL(url).host === status.connector.worker_id);
    if (leader === undefined) throw new Error(`no herder has the connector: ${JSON.stringify(status)}`);
    await cluster.end(leader, 'SIGKILL');
  };

  appendNumberedLines(input, 2, 50_000);
  await until('some lines to arrive', () => arrived(2_000), 60_000);
  await killOwnerOf('in');
  appendNumberedLines(input, 50_001, 100_000);
  await until('lines after the first kill to arrive', () => arrived(60_000), 60_000);
  await killLeader();
  appendNumberedLines(input, 100_001, 150_000);
  await until('lines without the first leader to arrive', () => arrived(110_000), 60_000);
  await killOwnerOf('out');
  appendNumberedLines(input, 150_001, LINES);

  await until('every line to arrive', () => arrived(LINES) && arrivalOf(output, LINES).missing === 0, 90_000, 500);
  const arrival = arrivalOf(output, LINES);
  expect(arrival.missing).toBe(0);
  expect(arrival.foreign.length).toBeLessThanOrEqual(2);

  // the herder that took over does a leader's work
  const created = await client.put('/connectors/in/config', {
    ...((await client.get('/connectors/in/config')).body as Record<string, string>),
    'batch.size': '100',
  });
  expect(created.status).toBe(200);
});
