import { until } from '@tributary/testing';
import { Kafka, logLevel } from 'kafkajs';
import { afterEach, describe, expect, it } from 'vitest';
import { KafkaProxy } from '../../test/kafka-proxy.js';
import { clientProperties, createTopic, numbered, outgoing, produce, unique } from '../../test/support.js';
import type { ClientProperties, TopicReader } from '../api.js';
import { kafkaClients } from '../kafka-clients.js';

const LIMIT_MS = 50_000;
const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

type Isolation = 'read_uncommitted' | 'read_committed';

/** A reader whose values, by partition, are on record. */
function follow(
  topic: string,
  isolation: Isolation = 'read_uncommitted',
  properties: ClientProperties = {},
): { reader: TopicReader; values: string[][] } {
  const values: string[][] = [];
  const reader = kafkaClients.topicReader(clientProperties(properties), {
    topic,
    isolation,
    onRecords: (records) => {
      for (const { partition, value } of records) (values[partition] ??= []).push(String(value));
    },
  });
  cleanUps.push(() => reader.stop());
  return { reader, values };
}

describe('KafkaTopicReader', () => {
  it('has handed over all partitions when it has started, and goes on', async () => {
    const topic = await createTopic(3);
    for (const partition of [0, 1, 2]) await produce(topic, partition, numbered(`p${partition}-`, 5000));
    const { reader, values } = follow(topic);
    await reader.start();
    expect(values).toEqual([0, 1, 2].map((partition) => numbered(`p${partition}-`, 5000)));
    await produce(topic, 1, ['more']);
    await reader.readToEnd();
    expect(values[1]?.at(-1)).toBe('more');
  });

  it('hands a new record over as it comes, also with an idle partition beside it', async () => {
    const topic = await createTopic(2);
    // An empty fetch waits longer than is waited for a record here.
    const { reader, values } = follow(topic, 'read_uncommitted', { 'fetch.max.wait.ms': '100000' });
    await reader.start();
    const producer = kafkaClients.producer(clientProperties());
    cleanUps.push(() => producer.close());
    for (let round = 0; round < 10; round++) {
      await producer.send([outgoing(topic, 0, `r${round}`)]);
      await until(`record ${round}`, () => values[0]?.at(-1) === `r${round}`, LIMIT_MS, 1);
    }
  });

  it('reads to the end in the sense of each call', async () => {
    const topic = await createTopic(1);
    const { reader, values } = follow(topic);
    await reader.start();
    const producer = kafkaClients.producer(clientProperties());
    cleanUps.push(() => producer.close());
    for (let round = 0; round < 50; round++) {
      const early = reader.readToEnd();
      await producer.send([outgoing(topic, 0, `r${round}`)]);
      await reader.readToEnd();
      expect(values[0]?.at(-1)).toBe(`r${round}`);
      await early;
    }
  });

  it('leaves the records of aborted transactions out with read_committed only', async () => {
    const topic = await createTopic(1);
    const kafka = new Kafka({ brokers: [clientProperties()['bootstrap.servers'] ?? ''], logLevel: logLevel.NOTHING });
    const producer = kafka.producer({ transactionalId: unique('txn'), maxInFlightRequests: 1, idempotent: true });
    await producer.connect();
    cleanUps.push(() => producer.disconnect());
    const transact = async (value: string, end: 'commit' | 'abort'): Promise<void> => {
      const transaction = await producer.transaction();
      await transaction.send({ topic, messages: [{ value: `${value}1` }, { value: `${value}2` }] });
      await transaction[end]();
    };
    await transact('a', 'abort');
    await transact('c', 'commit');
    await produce(topic, 0, ['plain']);
    await transact('b', 'abort');
    const committed = follow(topic, 'read_committed');
    const uncommitted = follow(topic);
    await Promise.all([committed.reader.start(), uncommitted.reader.start()]);
    expect(committed.values[0]).toEqual(['c1', 'c2', 'plain']);
    expect(uncommitted.values[0]).toEqual(['a1', 'a2', 'c1', 'c2', 'plain', 'b1', 'b2']);
  });

  it('has what was committed before the call, with read_committed too', async () => {
    const topic = await createTopic(1);
    const producer = kafkaClients.transactionalProducer(clientProperties({ 'transactional.id': unique('txn') }));
    cleanUps.push(() => producer.close());
    await producer.open();
    const { reader, values } = follow(topic, 'read_committed');
    await reader.start();
    for (let round = 0; round < 20; round++) {
      await producer.transact([outgoing(topic, 0, `r${round}`)]);
      await reader.readToEnd();
      expect(values[0]?.at(-1)).toBe(`r${round}`);
    }
  });

  it('goes on by itself after its connections are lost', async () => {
    const wire = await KafkaProxy.start(clientProperties()['bootstrap.servers'] ?? '');
    cleanUps.push(() => wire.close());
    const topic = await createTopic(2);
    await produce(topic, 0, ['before']);
    const { reader, values } = follow(topic, 'read_uncommitted', { 'bootstrap.servers': wire.bootstrapServers });
    await reader.start();
    wire.cut();
    await produce(topic, 0, ['meanwhile']);
    const caughtUp = reader.readToEnd();
    wire.mend();
    await caughtUp;
    expect(values[0]).toEqual(['before', 'meanwhile']);
    await produce(topic, 1, ['after']);
    await reader.readToEnd();
    expect(values[1]).toEqual(['after']);
  });

  it('starts again from the beginning of a topic that was made anew', async () => {
    const topic = await createTopic(1);
    await produce(topic, 0, numbered('old', 100));
    const { reader, values } = follow(topic);
    await reader.start();
    const admin = kafkaClients.admin(clientProperties());
    cleanUps.push(() => admin.close());
    await admin.deleteTopic(topic);
    await until('the topic to be gone', async () => (await admin.partitionCounts([topic])).size === 0, LIMIT_MS);
    await admin.createTopic({ name: topic, partitions: 1, replicationFactor: 1, configs: {} });
    await produce(topic, 0, ['new']);
    await until('the new record', () => values[0]?.at(-1) === 'new', LIMIT_MS);
    await reader.readToEnd();
  });

  it('rejects what waits when it is stopped, at once', async () => {
    const topic = await createTopic(1);
    const wire = await KafkaProxy.start(clientProperties()['bootstrap.servers'] ?? '');
    cleanUps.push(() => wire.close());
    const { reader } = follow(topic, 'read_uncommitted', { 'bootstrap.servers': wire.bootstrapServers });
    await reader.start();
    wire.silence();
    const waiting = reader.readToEnd().catch((error: unknown) => error);
    await reader.stop();
    expect(await waiting).toMatchObject({ message: expect.stringContaining('the reader was stopped') });
  });

  it('refuses to start on a topic that does not exist', async () => {
    const { reader } = follow(unique('missing'), 'read_uncommitted', { 'default.api.timeout.ms': '500' });
    await expect(reader.start()).rejects.toMatchObject({ kafkaCode: 'UNKNOWN_TOPIC_OR_PARTITION' });
  });
});
