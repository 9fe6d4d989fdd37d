import { readFileSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { until } from '@tributary/testing';
import type { Member, TributaryCluster } from '@tributary/tools/cluster';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fixture, STRINGS } from './fixture.js';
import { appendNumberedLines, arrivalOf } from './numbered-lines.js';

const BURST = 1_000;
const BURST_MS = 100;
const LINE_BYTES = 15;
/** longer than the session timeout of the cluster's group */
const OUTAGE_MS = 10_000;

let fixture: Fixture;
let cluster: TributaryCluster;
beforeAll(async () => {
  fixture = await Fixture.start();
  cluster = await fixture.cluster('outage', 2, { 'offset.flush.interval.ms': '500', 'session.timeout.ms': '6000' });
  await cluster.add('herder');
});
afterAll(() => fixture.dispose());

/** Appends lines until told to end; resolves with the number of the last. */
function load(file: string): () => Promise<number> {
  let last = 0;
  let ended = false;
  const running = (async () => {
    for (; !ended; last += BURST) {
      appendNumberedLines(file, last + 1, last + BURST);
      await delay(BURST_MS);
    }
    return last;
  })();
  return () => {
    ended = true;
    return running;
  };
}

const logSizes = () => new Map(cluster.members.map((member) => [member, statSync(member.child.logFile).size]));
const logSince = (member: Member, from: number) =>
  readFileSync(member.child.logFile).subarray(from).toString('utf8').split('\n').filter(Boolean);

/**
 * Lines that one client or task of a process wrote more than twice: once for either of its lives is enough. The group says
 * something as often as one of its members comes back.
 */
function repeated(lines: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const { client, connector, logger, msg } = JSON.parse(line) as Record<string, string>;
    if (logger === 'membership') continue;
    const what = [logger, client, connector, msg].join(' ');
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count > 2).map(([what, count]) => `${count} times ${what}`);
}

test.each([
  ['killed', OUTAGE_MS],
  ['stopped', OUTAGE_MS / 2],
] as const)('every line arrives although Kafka is %s for a while under load', async (how, outageMs) => {
  const { client } = cluster;
  const [input, output, topic] = [fixture.file(`${how}-in`), fixture.file(`${how}-out`), `numbers-${how}`];
  const finish = load(input);
  const arrived = () => (statSync(output, { throwIfNoEntry: false })?.size ?? 0) / LINE_BYTES;
  await client.create(`${how}-in`, { 'connector.class': 'FileStreamSource', file: input, topic, ...STRINGS });
  await client.create(`${how}-out`, {
    'connector.class': 'FileStreamSink',
    file: output,
    topics: topic,
    'consumer.override.session.timeout.ms': '6000',
    ...STRINGS,
  });
  const states = new Set<string>();
  const look = async () => {
    for (const name of [`${how}-in`, `${how}-out`]) {
      const { status, body } = await client.get(`/connectors/${name}/status`);
      expect(status).toBe(200);
      const { connector, tasks } = body as { connector: { state: string }; tasks: { state: string }[] };
      for (const { state } of [connector, ...tasks]) states.add(state);
    }
  };
  await until('some lines to arrive', () => arrived() > 2_000, 30_000);
  const before = logSizes();

  await (how === 'killed' ? fixture.broker.kafka.kill() : fixture.broker.kafka.stop());
  const end = Date.now() + outageMs;
  while (Date.now() < end) {
    await look();
    await delay(200);
  }
  const readAtEnd = arrived();
  await fixture.broker.kafka.restart();
  await until('lines to flow again', () => look().then(() => arrived() > readAtEnd + 10_000), 60_000);
  const last = await finish();
  await until('every line to arrive', () => arrivalOf(output, last).missing === 0, 60_000, 500);
  await client.untilState(`${how}-in`, 'RUNNING', 1, 30_000);
  await client.untilState(`${how}-out`, 'RUNNING', 1, 30_000);
  expect(arrivalOf(output, last)).toMatchObject({ missing: 0, foreign: [] });
  expect(states).not.toContain('FAILED');
  for (const [member, from] of before) expect(repeated(logSince(member, from)), member.name).toEqual([]);
  const changed = { ...((await client.get(`/connectors/${how}-in/config`)).body as object), 'batch.size': '500' };
  expect((await client.put(`/connectors/${how}-in/config`, changed)).status).toBe(200);
});
