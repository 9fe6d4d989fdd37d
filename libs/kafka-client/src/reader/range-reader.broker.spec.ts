import { afterEach, expect, it } from 'vitest';
import { clientProperties, createTopic, numbered, outgoing, produce, unique } from '../../test/support.js';
import type { OffsetRange, RangeReader } from '../api.js';
import { kafkaClients } from '../kafka-clients.js';

const cleanUps: (() => Promise<unknown>)[] = [];
const never = new AbortController().signal;

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

function reader(ranges: readonly OffsetRange[], more: Record<string, string> = {}): RangeReader {
  const made = kafkaClients.rangeReader(clientProperties(more), ranges);
  cleanUps.push(() => made.close());
  return made;
}

/** The values of all that it reads, by partition. */
async function readAll(from: RangeReader, max = 7): Promise<string[][]> {
  const values: string[][] = [];
  for (;;) {
    const records = await from.read(max, never);
    if (records.length === 0) return values;
    expect(records.length).toBeLessThanOrEqual(max);
    for (const { partition, value } of records) (values[partition] ??= []).push(String(value));
  }
}

it('reads these records of each partition and no others', async () => {
  const topic = await createTopic(3);
  for (const partition of [0, 1, 2]) await produce(topic, partition, numbered(`p${partition}-`, 50));
  const ranges = [
    { topic, partition: 0, start: 10, end: 40 },
    { topic, partition: 1, start: 49, end: 50 },
    { topic, partition: 2, start: 5, end: 5 },
  ];
  expect(await readAll(reader(ranges))).toEqual([numbered('p0-', 50).slice(10, 40), ['p1-49']]);
  expect(await readAll(reader([]))).toEqual([]);
});

it('comes to the end of a range in which there is nothing but the marks of transactions', async () => {
  const topic = await createTopic(1);
  const producer = kafkaClients.transactionStream(clientProperties({ 'transactional.id': unique('txn') }));
  cleanUps.push(() => producer.close());
  await producer.open();
  await producer.send([outgoing(topic, 0, 'kept')]);
  await producer.commit();
  await producer.send([outgoing(topic, 0, 'undone')]);
  await producer.abort();
  const committed = { 'isolation.level': 'read_committed' };
  expect(await readAll(reader([{ topic, partition: 0, start: 0, end: 4 }], committed))).toEqual([['kept']]);
  expect(await readAll(reader([{ topic, partition: 0, start: 2, end: 4 }], committed))).toEqual([]);
});

it('says where an offset is not there, and ends when it is told to', async () => {
  const topic = await createTopic(1);
  await produce(topic, 0, ['one']);
  await expect(readAll(reader([{ topic, partition: 0, start: 7, end: 9 }]))).rejects.toThrow(
    `${topic}-0 has no offset 7 any more`,
  );
  const controller = new AbortController();
  const waiting = reader([{ topic, partition: 0, start: 1, end: 2 }]).read(1, controller.signal);
  controller.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
});
