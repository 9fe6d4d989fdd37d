import { afterAll, afterEach, describe, expect, inject, it } from 'vitest';
import { KafkaAdmin } from '../admin/kafka-admin.js';
import type { ClientProperties, OutgoingRecord } from '../api.js';
import { FencedError } from '../errors.js';
import { newTopic, unique, valuesOf } from '../testing/read-back.js';
import { TcpProxy } from '../testing/tcp-proxy.js';
import { KafkaTransactionalProducer } from './transactional-producer.js';

const [PRODUCE, INIT_PRODUCER_ID, ADD_PARTITIONS, END_TXN] = [0, 22, 24, 26] as const;
const bootstrap = inject('bootstrapServers');
const admin = new KafkaAdmin({ 'bootstrap.servers': bootstrap });
const cleanUps: (() => Promise<void>)[] = [];

function producer(transactionalId: string, properties: ClientProperties = {}): KafkaTransactionalProducer {
  const made = new KafkaTransactionalProducer({
    'bootstrap.servers': bootstrap,
    'transactional.id': transactionalId,
    ...properties,
  });
  cleanUps.push(() => made.close());
  return made;
}

async function proxy(): Promise<TcpProxy> {
  const made = await TcpProxy.start(bootstrap);
  cleanUps.push(() => made.stop());
  return made;
}

const record = (topic: string, value: string, partition = 0): OutgoingRecord => ({
  topic,
  partition,
  key: null,
  value,
  headers: undefined,
  timestamp: null,
});

const committed = (topic: string): Promise<(string | undefined)[]> => valuesOf(bootstrap, topic, 'read_committed');

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});
afterAll(() => admin.close());

describe('KafkaTransactionalProducer', () => {
  it('commits the records of a call, in one transaction over all partitions', async () => {
    const topic = await newTopic(admin, 2);
    const writer = producer(unique('tx'));
    await writer.open();
    const metadata = await writer.transact([record(topic, 'a', 0), record(topic, 'b', 1), record(topic, 'c', 0)]);
    expect(metadata.map(({ partition, offset }) => [partition, offset])).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
    ]);
    expect((await committed(topic)).sort()).toEqual(['a', 'b', 'c']);
  });

  it('commits calls one after the other without being waited for', async () => {
    const topic = await newTopic(admin);
    const writer = producer(unique('tx'));
    await writer.open();
    const values = Array.from({ length: 30 }, (_, index) => `${index}`);
    await Promise.all(values.map((value) => writer.transact([record(topic, value)])));
    expect(await committed(topic)).toEqual(values);
  });

  it('writes nothing that is read as committed when one record is refused, and goes on after it', async () => {
    const topic = await newTopic(admin, 1, { 'max.message.bytes': '1000' });
    const writer = producer(unique('tx'));
    await writer.open();
    await writer.transact([record(topic, 'before')]);
    const refused = writer.transact([record(topic, 'half'), record(topic, 'x'.repeat(5000))]);
    await expect(refused).rejects.toThrow('MESSAGE_TOO_LARGE');
    await writer.transact([record(topic, 'after')]);
    expect(await committed(topic)).toEqual(['before', 'after']);
    expect(await valuesOf(bootstrap, topic)).toContain('half');
  });

  it('is fenced for good by another producer of the same id', async () => {
    const topic = await newTopic(admin);
    const id = unique('tx');
    const [first, second] = [producer(id), producer(id)];
    await first.open();
    await first.transact([record(topic, 'first')]);
    await second.open();
    await expect(first.transact([record(topic, 'late')])).rejects.toThrow(FencedError);
    await expect(first.transact([record(topic, 'later')])).rejects.toThrow(FencedError);
    await second.transact([record(topic, 'second')]);
    expect(await committed(topic)).toEqual(['first', 'second']);
  });

  it('takes the id back when it is opened again', async () => {
    const topic = await newTopic(admin);
    const id = unique('tx');
    const [first, second] = [producer(id), producer(id)];
    await first.open();
    await second.open();
    await expect(first.transact([record(topic, 'late')])).rejects.toThrow(FencedError);
    await first.open();
    await first.transact([record(topic, 'back')]);
    await expect(second.transact([record(topic, 'late')])).rejects.toThrow(FencedError);
    expect(await committed(topic)).toEqual(['back']);
  });

  it('does not take the id back by itself after a failure', async () => {
    const topic = await newTopic(admin, 1, { 'max.message.bytes': '1000' });
    const id = unique('tx');
    const [first, second] = [producer(id), producer(id)];
    await first.open();
    await second.open();
    await expect(first.transact([record(topic, 'x'.repeat(5000))])).rejects.toThrow();
    await second.transact([record(topic, 'second')]);
    expect(await committed(topic)).toEqual(['second']);
  });

  it.each([
    ['answers to InitProducerId', 'answer', INIT_PRODUCER_ID],
    ['answers to AddPartitionsToTxn', 'answer', ADD_PARTITIONS],
    ['answers to Produce', 'answer', PRODUCE],
    ['answers to EndTxn', 'answer', END_TXN],
    ['EndTxn requests', 'request', END_TXN],
  ] as const)('loses and repeats nothing when %s are lost', async (_name, what, apiKey) => {
    const topic = await newTopic(admin, 2);
    const relay = await proxy();
    const writer = producer(unique('tx'), { 'bootstrap.servers': relay.bootstrapServers, 'retry.backoff.ms': '20' });
    const values = Array.from({ length: 8 }, (_, index) => `${index}`);
    if (apiKey !== INIT_PRODUCER_ID) await writer.open();
    for (const value of values) {
      relay.loseNext(what, apiKey);
      if (apiKey === INIT_PRODUCER_ID) await writer.open();
      await writer.transact([record(topic, value, 0), record(topic, value, 1)]);
      expect(relay.lost).toBe(true);
    }
    expect(relay.cuts).toBe(8);
    const read = await committed(topic);
    expect(read.sort()).toEqual([...values, ...values].sort());
  });

  it.each([
    ['was made', 'answer', ['a', 'b', 'c']],
    ['was not made', 'request', ['a', 'c']],
  ] as const)(
    'reports a commit of which it does not know that it %s, and settles it first',
    async (_name, what, expected) => {
      const topic = await newTopic(admin);
      const relay = await proxy();
      const writer = producer(unique('tx'), { 'bootstrap.servers': relay.bootstrapServers, 'max.block.ms': '3000' });
      await writer.open();
      await writer.transact([record(topic, 'a')]);
      relay.loseNext(what, END_TXN, true);
      await expect(writer.transact([record(topic, 'b')])).rejects.toThrow(
        /^committing the transaction of transactional id \S+: not done within 3000 ms/,
      );
      expect(relay.lost).toBe(true);
      relay.accept();
      // A broker that is busy may still be ending the lost transaction.
      await expect.poll(() => writer.transact([record(topic, 'c')])).toHaveLength(1);
      expect(await committed(topic)).toEqual(expected);
    },
  );

  it('refuses to write before it is opened and after it is closed', async () => {
    const topic = await newTopic(admin);
    const writer = producer(unique('tx'));
    await expect(writer.transact([record(topic, 'a')])).rejects.toThrow('is not open');
    await writer.open();
    await writer.close();
    await expect(writer.transact([record(topic, 'a')])).rejects.toThrow('is closed');
    expect(await committed(topic)).toEqual([]);
  });
});
