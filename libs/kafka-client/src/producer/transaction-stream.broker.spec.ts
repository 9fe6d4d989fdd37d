import { afterAll, afterEach, describe, expect, inject, it } from 'vitest';
import { KafkaAdmin } from '../admin/kafka-admin.js';
import type { ClientProperties, OutgoingRecord } from '../api.js';
import { FencedError } from '../errors.js';
import { newTopic, unique, valuesOf } from '../testing/read-back.js';
import { KafkaTransactionStream } from './transaction-stream.js';

const bootstrap = inject('bootstrapServers');
const admin = new KafkaAdmin({ 'bootstrap.servers': bootstrap });
const opened: KafkaTransactionStream[] = [];

async function stream(transactionalId: string, properties: ClientProperties = {}): Promise<KafkaTransactionStream> {
  const made = new KafkaTransactionStream({
    'bootstrap.servers': bootstrap,
    'transactional.id': transactionalId,
    ...properties,
  });
  opened.push(made);
  await made.open();
  return made;
}

const records = (topic: string, ...values: string[]): OutgoingRecord[] =>
  values.map((value) => ({ topic, partition: 0, key: null, value, headers: undefined, timestamp: null }));

const committed = (topic: string): Promise<(string | undefined)[]> => valuesOf(bootstrap, topic, 'read_committed');
const written = (topic: string): Promise<(string | undefined)[]> => valuesOf(bootstrap, topic, 'read_uncommitted');

describe('KafkaTransactionStream', () => {
  afterEach(() => Promise.all(opened.splice(0).map((made) => made.close())));
  afterAll(() => admin.close());

  it('commits what several sends wrote, to several topics, together', async () => {
    const [one, other] = [await newTopic(admin), await newTopic(admin)];
    const writer = await stream(unique('stream'));
    for (const round of ['a', 'b']) {
      await writer.send(records(one, `${round}1`));
      await writer.send(records(other, `${round}2`));
      const metadata = await writer.send(records(one, `${round}3`), { metadata: true });
      expect(metadata?.[0]).toMatchObject({ topic: one, partition: 0 });
      await writer.commit();
    }
    expect(await committed(one)).toEqual(['a1', 'a3', 'b1', 'b3']);
    expect(await committed(other)).toEqual(['a2', 'b2']);
  });

  it('waits with its commit for what is still on its way', async () => {
    const topic = await newTopic(admin);
    const writer = await stream(unique('stream'));
    for (let round = 0; round < 50; round++) void writer.send(records(topic, `${round}`));
    await writer.commit();
    expect(await committed(topic)).toHaveLength(50);
  });

  it('makes what it aborts count for nothing and goes on', async () => {
    const topic = await newTopic(admin);
    const writer = await stream(unique('stream'));
    await writer.send(records(topic, 'kept'));
    await writer.commit();
    for (const value of ['dropped', 'dropped too']) {
      await writer.send(records(topic, value));
      await writer.abort();
    }
    await writer.send(records(topic, 'kept too'));
    await writer.commit();
    expect(await committed(topic)).toEqual(['kept', 'kept too']);
    expect(await written(topic)).toEqual(['kept', 'dropped', 'dropped too', 'kept too']);
  });

  it('asks the broker nothing at an end to which nothing was sent', async () => {
    const writer = await stream(unique('stream'));
    await writer.commit();
    await writer.abort();
    await writer.close();
    await writer.commit();
  });

  it.each([
    ['another producer takes its id', async (id: string) => void (await stream(id))],
    ['its id is fenced from outside', (id: string) => admin.fenceProducers([unique('other'), id])],
  ])('can write nothing more once %s, and what it had open never counts', async (_name, fence) => {
    const topic = await newTopic(admin);
    const id = unique('stream');
    const writer = await stream(id);
    await writer.send(records(topic, 'open'));
    await fence(id);
    await expect(writer.send(records(topic, 'late'))).rejects.toThrow('taken');
    expect(writer.failure).toBeInstanceOf(FencedError);
    await expect(writer.commit()).rejects.toThrow(FencedError);
    await expect(writer.abort()).rejects.toThrow(FencedError);
    expect(await committed(topic)).toEqual([]);
  });

  it('finds at its commit that it was fenced', async () => {
    const topic = await newTopic(admin);
    const id = unique('stream');
    const writer = await stream(id);
    await writer.send(records(topic, 'open'));
    await stream(id);
    await expect(writer.commit()).rejects.toThrow(FencedError);
    expect(await committed(topic)).toEqual([]);
  });

  it('commits nothing of a transaction of which a record was refused; an abort makes it good again', async () => {
    const topic = await newTopic(admin, 1, { 'max.message.bytes': '1000' });
    const writer = await stream(unique('stream'));
    await writer.send(records(topic, 'small'));
    await expect(writer.send(records(topic, 'x'.repeat(5000)))).rejects.toThrow();
    await expect(writer.commit()).rejects.toThrow();
    await writer.abort();
    await writer.send(records(topic, 'next'));
    await writer.commit();
    expect(await committed(topic)).toEqual(['next']);
  });

  it('cannot send before it is open', async () => {
    const writer = new KafkaTransactionStream({ 'bootstrap.servers': bootstrap, 'transactional.id': unique('stream') });
    opened.push(writer);
    expect(() => writer.send(records('t', 'a'))).toThrow('is not open');
  });
});
