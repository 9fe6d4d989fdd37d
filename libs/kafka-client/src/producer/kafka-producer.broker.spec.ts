import { setTimeout as pause } from 'node:timers/promises';
import * as zlib from 'node:zlib';
import { afterAll, afterEach, describe, expect, inject, it } from 'vitest';
import { KafkaAdmin } from '../admin/kafka-admin.js';
import type { ClientProperties, OutgoingRecord } from '../api.js';
import { KafkaError, SendError } from '../errors.js';
import { newTopic, readBack, unique, valuesOf } from '../testing/read-back.js';
import { KafkaProducer } from './kafka-producer.js';

const bootstrap = inject('bootstrapServers');
const admin = new KafkaAdmin({ 'bootstrap.servers': bootstrap });
const producers: KafkaProducer[] = [];

function producer(properties: ClientProperties = {}): KafkaProducer {
  const made = new KafkaProducer({ 'bootstrap.servers': bootstrap, ...properties });
  producers.push(made);
  return made;
}

const record = (topic: string, init: Partial<OutgoingRecord> = {}): OutgoingRecord => ({
  topic,
  partition: null,
  key: null,
  value: null,
  headers: undefined,
  timestamp: null,
  ...init,
});

/** The failures of a send that is refused in part, by index. */
async function failuresOf(sending: Promise<unknown>): Promise<Map<number, Error>> {
  const error = await sending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SendError)) throw new Error('expected a SendError', { cause: error });
  return new Map(error.failures.map((failure) => [failure.index, failure.error]));
}

afterEach(async () => {
  await Promise.all(producers.splice(0).map((each) => each.close()));
});
afterAll(() => admin.close());

describe('KafkaProducer', () => {
  it('writes keys, values, headers and timestamps as they are given', async () => {
    const topic = await newTopic(admin);
    const bytes = Buffer.from([0, 255, 128]);
    await producer().send([
      record(topic, { key: 'clé', value: 'värde', timestamp: 12_345 }),
      record(topic, {
        key: bytes,
        value: bytes,
        headers: [
          { key: 'h', value: 'x' },
          { key: 'h', value: null },
        ],
      }),
      record(topic, { key: 'tombstone', value: null, headers: [] }),
      record(topic, { key: '', value: '' }),
    ]);
    const [text, binary, tombstone, empty] = await readBack(bootstrap, topic);
    expect([text?.key?.toString(), text?.value?.toString(), text?.timestamp]).toEqual(['clé', 'värde', 12_345]);
    expect(binary).toMatchObject({ key: bytes, value: bytes, offset: 1 });
    expect(binary?.headers?.map(({ key, value }) => [key, value?.toString()])).toEqual([
      ['h', 'x'],
      ['h', undefined],
    ]);
    expect(tombstone?.value).toBeNull();
    expect([empty?.key?.length, empty?.value?.length]).toEqual([0, 0]);
  });

  it('tells where each record went', async () => {
    const topic = await newTopic(admin, 2);
    const records = [
      record(topic, { partition: 1 }),
      record(topic, { partition: 0 }),
      record(topic, { partition: 1, timestamp: 7 }),
    ];
    const before = Date.now();
    const metadata = await producer().send(records, { metadata: true });
    expect(metadata).toMatchObject([
      { topic, partition: 1, offset: 0 },
      { topic, partition: 0, offset: 0 },
      { topic, partition: 1, offset: 1, timestamp: 7 },
    ]);
    expect(metadata?.[0]?.timestamp).toBeGreaterThanOrEqual(before);
  });

  it("tells the broker's time where the topic takes that", async () => {
    const topic = await newTopic(admin, 1, { 'message.timestamp.type': 'LogAppendTime' });
    const before = Date.now();
    const metadata = await producer().send([record(topic, { timestamp: 7 })], { metadata: true });
    expect(metadata?.[0]?.timestamp).toBeGreaterThanOrEqual(before);
  });

  const codecs = ['none', 'gzip', 'snappy', 'lz4', ...('zstdCompressSync' in zlib ? ['zstd'] : [])];
  it.each(codecs)('writes batches with compression.type %s that the broker takes apart again', async (codec) => {
    // With a codec of its own the topic makes the broker decompress and compress every batch.
    const topic = await newTopic(admin, 1, { 'compression.type': codec === 'gzip' ? 'lz4' : 'gzip' });
    const values = Array.from({ length: 3000 }, (_, index) => `${index} ${'compressible '.repeat(10)}`);
    await producer({ 'compression.type': codec }).send(values.map((value) => record(topic, { value })));
    expect(await valuesOf(bootstrap, topic)).toEqual(values);
  });

  it('keeps the order of calls that do not wait for one another', async () => {
    const topic = await newTopic(admin);
    const writer = producer();
    const sends: Promise<unknown>[] = [];
    for (let call = 0; call < 200; call++) {
      sends.push(
        writer.send(Array.from({ length: 50 }, (_, index) => record(topic, { value: `${call * 50 + index}` }))),
      );
      if (call % 20 === 0) await writer.ready();
    }
    await Promise.all(sends);
    const values = await valuesOf(bootstrap, topic);
    expect(values).toEqual(Array.from({ length: 10_000 }, (_, index) => `${index}`));
  });

  it('writes to many partitions at once, each in order', async () => {
    const topic = await newTopic(admin, 12);
    const records = Array.from({ length: 6000 }, (_, index) =>
      record(topic, { key: `k${index % 50}`, value: `${index}` }),
    );
    await producer({ 'max.request.size': '20000' }).send(records);
    const byKey = new Map<string, number[]>();
    for (const { key, value } of await readBack(bootstrap, topic)) {
      const list = byKey.get(String(key)) ?? [];
      byKey.set(String(key), [...list, Number(value)]);
    }
    expect(byKey.size).toBe(50);
    for (const [key, values] of byKey) {
      expect(values).toEqual(Array.from({ length: 120 }, (_, index) => index * 50 + Number(key.slice(1))));
    }
  });

  it('splits a batch that the broker finds too large, and goes on', async () => {
    const topic = await newTopic(admin, 1, { 'max.message.bytes': '5000' });
    const values = Array.from({ length: 100 }, (_, index) => `${index} ${'x'.repeat(400)}`);
    await producer({ 'enable.idempotence': 'true' }).send(values.map((value) => record(topic, { value })));
    expect(await valuesOf(bootstrap, topic)).toEqual(values);
  });

  it('refuses a record that is larger than max.request.size, and only that', async () => {
    const topic = await newTopic(admin);
    const records = ['a', 'x'.repeat(1_048_576), 'b'].map((value) => record(topic, { value }));
    const failures = await failuresOf(producer().send(records));
    expect([...failures.keys()]).toEqual([1]);
    expect(failures.get(1)?.message).toBe(
      'The message is 1048664 bytes when serialized which is larger than 1048576, which is the value of the max.request.size configuration.',
    );
    expect(await valuesOf(bootstrap, topic)).toEqual(['a', 'b']);
  });

  it('refuses a record that is too large for the topic, and only that', async () => {
    const topic = await newTopic(admin, 1, { 'max.message.bytes': '1000' });
    const records = ['a', 'x'.repeat(2000), 'b'].map((value) => record(topic, { value }));
    const failures = await failuresOf(producer().send(records));
    expect([...failures.keys()]).toEqual([1]);
    expect(failures.get(1)).toMatchObject({ kafkaCode: 'MESSAGE_TOO_LARGE', retriable: false });
    expect(await valuesOf(bootstrap, topic)).toEqual(['a', 'b']);
  });

  it('refuses records that the broker finds invalid, and only those', async () => {
    const topic = await newTopic(admin, 1, { 'cleanup.policy': 'compact' });
    const records = [
      record(topic, { key: 'k', value: 'a' }),
      record(topic, { value: 'no key' }),
      record(topic, { key: 'k', value: 'b' }),
    ];
    const failures = await failuresOf(producer({ 'enable.idempotence': 'true' }).send(records));
    expect([...failures.keys()]).toEqual([1]);
    expect(failures.get(1)).toMatchObject({ kafkaCode: 'INVALID_RECORD' });
    expect(await valuesOf(bootstrap, topic)).toEqual(['a', 'b']);
  });

  it('refuses a negative timestamp and takes -1 for none', async () => {
    const topic = await newTopic(admin);
    const records = [record(topic, { timestamp: -5 }), record(topic, { timestamp: -1, value: 'kept' })];
    const failures = await failuresOf(producer().send(records));
    expect([...failures.values()].map(({ message }) => message)).toEqual(['Invalid record timestamp -5']);
    const [kept] = await readBack(bootstrap, topic);
    expect(kept?.timestamp).toBeGreaterThan(1_700_000_000_000);
  });

  it('gives a partition that is not there up after max.block.ms', async () => {
    const existing = await newTopic(admin);
    const writer = producer({ 'max.block.ms': '300' });
    const failures = await failuresOf(
      writer.send([record(existing, { partition: 3 }), record(existing, { value: 'a' })]),
    );
    expect(failures.get(0)?.message).toBe(
      `Partition 3 of topic ${existing} with partition count 1 is not present in metadata after 300 ms.`,
    );
  });

  it('refuses an invalid topic at once and writes the rest', async () => {
    const topic = await newTopic(admin);
    const failures = await failuresOf(producer().send([record('no spaces allowed'), record(topic, { value: 'a' })]));
    expect(failures.get(0)).toMatchObject({ kafkaCode: 'INVALID_TOPIC_EXCEPTION', retriable: false });
    expect(await valuesOf(bootstrap, topic)).toEqual(['a']);
  });

  it('waits for a topic that is created later, and keeps the order of calls meanwhile', async () => {
    const topic = unique('spec-late');
    const other = await newTopic(admin);
    const writer = producer();
    const sends = [
      writer.send([record(topic, { value: 'a' }), record(other, { value: '1' })]),
      writer.send([record(other, { value: '2' }), record(topic, { value: 'b' })]),
    ];
    await admin.createTopic({ name: topic, partitions: 1, replicationFactor: 1, configs: {} });
    await Promise.all(sends);
    expect(await valuesOf(bootstrap, topic)).toEqual(['a', 'b']);
    expect(await valuesOf(bootstrap, other)).toEqual(['1', '2']);
  });

  it.each(['0', '1', 'all'])('writes with acks=%s', async (acks) => {
    const topic = await newTopic(admin);
    const writer = producer({ acks });
    await writer.send([record(topic, { value: 'a' })]);
    await writer.send([record(topic, { value: 'b' })]);
    const end = async (): Promise<number> =>
      (await admin.listOffsets([{ topic, partition: 0 }], 'latest'))[0]?.offset ?? 0;
    await expect.poll(end, { timeout: 5000 }).toBe(2);
  });

  it('lingers until linger.ms is over, or until flush', async () => {
    const topic = await newTopic(admin);
    const writer = producer({ 'linger.ms': '60000' });
    let settled = false;
    const sending = writer.send([record(topic, { value: 'a' })]).then(() => {
      settled = true;
    });
    await admin.listOffsets([{ topic, partition: 0 }], 'latest');
    expect(settled).toBe(false);
    await writer.flush();
    await sending;
    expect(await valuesOf(bootstrap, topic)).toEqual(['a']);
  });

  it('is ready again once less than buffer.memory waits', async () => {
    const topic = await newTopic(admin);
    const writer = producer({ 'buffer.memory': '1000', 'linger.ms': '400' });
    await writer.ready();
    const sending = writer.send([record(topic, { value: 'x'.repeat(5000) })]);
    const first = await Promise.race([writer.ready().then(() => 'ready'), pause(10, 'waiting')]);
    expect(first).toBe('waiting');
    await writer.ready();
    await sending;
  });

  it('resolves an empty send', async () => {
    await expect(producer().send([], { metadata: true })).resolves.toEqual([]);
  });

  it('writes what was sent before close, and refuses what comes after', async () => {
    const topic = await newTopic(admin);
    const writer = producer({ 'linger.ms': '60000' });
    const sending = writer.send([record(topic, { value: 'a' })]);
    await Promise.all([writer.close(), writer.close()]);
    await sending;
    await expect(writer.send([record(topic)])).rejects.toThrow(KafkaError);
    expect(await valuesOf(bootstrap, topic)).toEqual(['a']);
  });
});
