import { kafkaClients } from '@tributary/kafka-client';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { ExecutorFixture, unique } from '../testing/executor-fixture.js';
import { LetterSelection } from './letter-selection.js';
import { readLetters } from './read-letters.js';
import type { LetterRange } from './redrive-request.js';

let fixture: ExecutorFixture;
beforeAll(async () => {
  fixture = new ExecutorFixture(inject('bootstrapServers'));
  await fixture.start();
});
afterAll(() => fixture.close());

const read = async (topic: string, wanted: readonly LetterRange[] | undefined, expired = () => false) => {
  const properties = { 'bootstrap.servers': inject('bootstrapServers') };
  const clients = { clients: kafkaClients, consumer: properties, admin: properties };
  const selection = new LetterSelection('c', { limit: 10, maxRedrives: 1, stage: undefined, exception: undefined });
  const never = new AbortController().signal;
  return { selection, ...(await readLetters(clients, topic, wanted, selection, expired, never)) };
};

it('reads to the end that the queue had, or the parts that are asked for', async () => {
  const topic = unique('queue');
  await fixture.createTopic(topic, 2);
  await fixture.produce(topic, 0, 20, 2);
  expect(await read(topic, undefined)).toMatchObject({
    late: false,
    selection: { read: 20, skipped: { noContext: 20 } },
    ranges: [
      { partition: 0, from: 0, end: 10, scanned: 10 },
      { partition: 1, from: 0, end: 10, scanned: 10 },
    ],
  });
  const parts = [{ partition: 1, from: 8, to: 100 }];
  expect(await read(topic, parts)).toMatchObject({
    selection: { read: 2 },
    ranges: [{ from: 8, end: 10, scanned: 10 }],
  });
  const beyond = [{ partition: 0, from: 50, to: undefined }];
  expect(await read(topic, beyond)).toMatchObject({
    selection: { read: 0 },
    ranges: [{ from: 10, end: 10, scanned: 10 }],
  });
});

it('stops looking when the time is over, and tells how far it is', async () => {
  const topic = unique('long-queue');
  await fixture.createTopic(topic);
  await fixture.produce(topic, 0, 1200);
  let looks = 0;
  const { selection, ranges, late } = await read(topic, undefined, () => looks++ > 0);
  expect(late).toBe(true);
  expect(selection.read).toBeGreaterThan(0);
  expect(selection.read).toBeLessThan(1200);
  expect(ranges).toEqual([{ partition: 0, from: 0, end: 1200, scanned: selection.read }]);
});
