import { afterAll, afterEach, describe, expect, inject, it } from 'vitest';
import { KafkaAdmin } from '../admin/kafka-admin.js';
import type { ClientProperties, OutgoingRecord } from '../api.js';
import { SendError } from '../errors.js';
import { newTopic, valuesOf } from '../testing/read-back.js';
import { TcpProxy } from '../testing/tcp-proxy.js';
import { KafkaProducer } from './kafka-producer.js';

const bootstrap = inject('bootstrapServers');
const admin = new KafkaAdmin({ 'bootstrap.servers': bootstrap });
const cleanUps: (() => Promise<void>)[] = [];

async function setUp(properties: ClientProperties = {}): Promise<{ relay: TcpProxy; writer: KafkaProducer }> {
  const relay = await TcpProxy.start(bootstrap);
  const writer = new KafkaProducer({
    'bootstrap.servers': relay.bootstrapServers,
    'retry.backoff.ms': '20',
    'reconnect.backoff.ms': '20',
    ...properties,
  });
  cleanUps.push(
    () => relay.stop(),
    () => writer.close(0),
  );
  return { relay, writer };
}

const record = (topic: string, value: string, partition = 0): OutgoingRecord => ({
  topic,
  partition,
  key: null,
  value,
  headers: undefined,
  timestamp: null,
});

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});
afterAll(() => admin.close());

/** Sends 4000 numbered records in 80 calls, losing the answer to every eighth call's request with the connection. */
async function sendWithLostAnswers(topic: string, relay: TcpProxy, writer: KafkaProducer): Promise<string[]> {
  const sends: Promise<unknown>[] = [];
  const values: string[] = [];
  for (let call = 0; call < 80; call++) {
    const batch = Array.from({ length: 50 }, (_, index) => `${call * 50 + index}`);
    values.push(...batch);
    const sending = writer.send(batch.map((value) => record(topic, value)));
    sends.push(sending);
    if (call % 8 === 1) {
      relay.loseNextAnswer();
      await sending;
    }
  }
  await Promise.all(sends);
  return values;
}

describe('KafkaProducer when connections are lost', () => {
  it('loses nothing and keeps the order of first occurrences', async () => {
    const topic = await newTopic(admin);
    const { relay, writer } = await setUp();
    const values = await sendWithLostAnswers(topic, relay, writer);
    expect(relay.cuts).toBe(10);
    const read = await valuesOf(bootstrap, topic);
    expect(read.length).toBeGreaterThan(values.length);
    expect([...new Set(read)]).toEqual(values);
  });

  it('repeats nothing either with enable.idempotence', async () => {
    const topic = await newTopic(admin);
    const { relay, writer } = await setUp({ 'enable.idempotence': 'true' });
    const values = await sendWithLostAnswers(topic, relay, writer);
    expect(relay.cuts).toBe(10);
    expect(await valuesOf(bootstrap, topic)).toEqual(values);
  });

  it('goes on by itself when the broker is back', async () => {
    const topic = await newTopic(admin);
    const { relay, writer } = await setUp();
    await writer.send([record(topic, 'a')]);
    relay.refuse();
    const sending = Promise.all([writer.send([record(topic, 'b')]), writer.send([record(topic, 'c')])]);
    const early = await Promise.race([sending.then(() => 'sent'), admin.listTopics().then(() => 'waiting')]);
    expect(early).toBe('waiting');
    relay.accept();
    await sending;
    expect(await valuesOf(bootstrap, topic)).toEqual(['a', 'b', 'c']);
  });

  it('gives records up after delivery.timeout.ms', async () => {
    const topic = await newTopic(admin);
    const { relay, writer } = await setUp({ 'delivery.timeout.ms': '3000' });
    await writer.send([record(topic, 'a')]);
    relay.refuse();
    const error: unknown = await writer
      .send([record(topic, 'b'), record(topic, 'c')])
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SendError);
    expect(String(error)).toContain(`Expiring 2 record(s) for ${topic}-0:3000 ms has passed since batch creation`);
    relay.accept();
    await writer.send([record(topic, 'd')]);
    expect(await valuesOf(bootstrap, topic)).toEqual(['a', 'd']);
  });

  it('gives records up at the first failure with retries=0', async () => {
    const topic = await newTopic(admin);
    const { relay, writer } = await setUp({ retries: '0' });
    await writer.send([record(topic, 'a')]);
    relay.loseNextAnswer();
    await expect(writer.send([record(topic, 'b')])).rejects.toThrow(SendError);
    await writer.send([record(topic, 'c')]);
    expect(await valuesOf(bootstrap, topic)).toEqual(['a', 'b', 'c']);
  });

  it('numbers anew after a batch of unknown fate was given up, with enable.idempotence', async () => {
    const topic = await newTopic(admin);
    const { relay, writer } = await setUp({ retries: '0', 'enable.idempotence': 'true' });
    await writer.send([record(topic, 'a')]);
    relay.loseNextAnswer();
    await expect(writer.send([record(topic, 'b')])).rejects.toThrow(SendError);
    await writer.send([record(topic, 'c')]);
    expect(await valuesOf(bootstrap, topic)).toEqual(['a', 'b', 'c']);
  });

  it('closes within its time while the broker is away, and says what was not written', async () => {
    const topic = await newTopic(admin);
    const { relay, writer } = await setUp();
    await writer.send([record(topic, 'a')]);
    relay.refuse();
    const sending = writer.send([record(topic, 'b')]);
    const failed = expect(sending).rejects.toThrow('the producer was closed before the records were acknowledged');
    await writer.close(50);
    await failed;
    relay.accept();
    expect(await valuesOf(bootstrap, topic)).toEqual(['a']);
  });
});
