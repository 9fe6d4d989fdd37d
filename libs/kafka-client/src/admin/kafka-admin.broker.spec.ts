import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { KafkaConnection } from '../connection/kafka-connection.js';
import { KafkaError } from '../errors.js';
import { KafkaProducer } from '../producer/kafka-producer.js';
import { KafkaTransactionalProducer } from '../producer/transactional-producer.js';
import { newTopic, unique } from '../testing/read-back.js';
import { KafkaAdmin } from './kafka-admin.js';

const bootstrap = inject('bootstrapServers');
const properties = { 'bootstrap.servers': bootstrap };
const admin = new KafkaAdmin(properties);
const one = (topic: string, value: string) =>
  [{ topic, partition: 0, key: null, value, headers: undefined, timestamp: null }] as const;

afterAll(() => admin.close());

describe('KafkaAdmin', () => {
  it('creates a topic once, with its configuration', async () => {
    const spec = {
      name: unique('spec-admin'),
      partitions: 3,
      replicationFactor: 1,
      configs: { 'cleanup.policy': 'compact' },
    };
    expect(await admin.createTopic(spec)).toBe(true);
    expect(await admin.createTopic(spec)).toBe(false);
    // The broker may hear of it a moment after the controller has made it.
    await expect.poll(() => admin.partitionCounts([spec.name])).toEqual(new Map([[spec.name, 3]]));
    const configs = await admin.topicConfigs(spec.name);
    expect(configs?.get('cleanup.policy')).toBe('compact');
    expect(configs?.has('retention.ms')).toBe(true);
    expect(await admin.listTopics()).toContain(spec.name);
  });

  it("takes the broker's defaults for -1", async () => {
    const name = unique('spec-admin');
    await admin.createTopic({ name, partitions: -1, replicationFactor: -1, configs: {} });
    // A broker may answer before it has heard of a topic that its controller has made.
    await expect.poll(async () => (await admin.partitionCounts([name])).get(name) ?? 0).toBeGreaterThan(0);
  });

  it.each([
    ['an invalid name', { name: 'no spaces', replicationFactor: 1, configs: {} }, 'INVALID_TOPIC_EXCEPTION'],
    [
      'more replicas than brokers',
      { name: unique('x'), replicationFactor: 9, configs: {} },
      'INVALID_REPLICATION_FACTOR',
    ],
    [
      'a wrong configuration',
      { name: unique('x'), replicationFactor: 1, configs: { nonsense: '1' } },
      'INVALID_CONFIG',
    ],
  ])("refuses %s with the broker's code and words", async (_name, spec, code) => {
    const error: unknown = await admin.createTopic({ partitions: 1, ...spec }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(KafkaError);
    expect(error).toMatchObject({ kafkaCode: code, retriable: false });
    expect(String(error)).toMatch(new RegExp(`creating topic ${spec.name}: ${code}: \\w+`));
  });

  it('asks about a topic without creating it', async () => {
    const name = unique('spec-missing');
    expect(await admin.partitionCounts([name])).toEqual(new Map());
    await expect(new KafkaAdmin({ ...properties, 'default.api.timeout.ms': '200' }).topicConfigs(name)).rejects.toThrow(
      'UNKNOWN_TOPIC_OR_PARTITION',
    );
    expect(await admin.listTopics()).not.toContain(name);
  });

  it('deletes a topic, and takes one that is not there as deleted', async () => {
    const name = await newTopic(admin);
    await admin.deleteTopic(name);
    await admin.deleteTopic(name);
    await expect.poll(() => admin.listTopics(), { timeout: 5000 }).not.toContain(name);
  });

  it('tells both ends of partitions', async () => {
    const topic = await newTopic(admin, 2);
    const producer = new KafkaProducer(properties);
    await producer.send([...one(topic, 'a'), ...one(topic, 'b')]);
    await producer.close();
    const partitions = [0, 1].map((partition) => ({ topic, partition }));
    const ends = await admin.listOffsets(partitions, 'latest');
    expect(ends.map(({ partition, offset }) => [partition, offset]).sort()).toEqual([
      [0, 2],
      [1, 0],
    ]);
    expect((await admin.listOffsets(partitions, 'earliest')).map(({ offset }) => offset)).toEqual([0, 0]);
  });

  it('tells the end of what is committed apart from the end of all', async () => {
    const topic = await newTopic(admin);
    const producer = new KafkaTransactionalProducer({ ...properties, 'transactional.id': unique('tx') });
    await producer.open();
    await producer.transact(one(topic, 'a'));
    await producer.close();
    const end = async (isolation: 'read_committed' | 'read_uncommitted') =>
      (await admin.listOffsets([{ topic, partition: 0 }], 'latest', isolation))[0]?.offset;
    // The mark that ends a transaction is written after its commit has been answered.
    await expect.poll(() => end('read_uncommitted')).toBe(2);
    await expect.poll(() => end('read_committed')).toBe(2);
  });

  it('tells the cluster id', async () => {
    const connection = new KafkaConnection(properties);
    expect(await admin.clusterId()).toBe(await connection.clusterId());
    expect(await admin.clusterId()).not.toBe('');
    connection.close();
  });

  it('gives up after default.api.timeout.ms, naming what it did and why it failed', async () => {
    const lonely = new KafkaAdmin({ 'bootstrap.servers': '127.0.0.1:1', 'default.api.timeout.ms': '300' });
    await expect(lonely.listTopics()).rejects.toThrow(
      /^listing topics: not done within 300 ms: connecting to 127\.0\.0\.1:1: .*ECONNREFUSED/,
    );
    await lonely.close();
  });
});

describe('KafkaAdmin for groups', () => {
  let topic: string;
  beforeAll(async () => {
    topic = await newTopic(admin, 2);
  });

  it('changes, reads and deletes committed offsets', async () => {
    const group = unique('spec-group');
    await admin.alterGroupOffsets(group, [
      { topic, partition: 0, offset: 7 },
      { topic, partition: 1, offset: 3 },
    ]);
    await admin.alterGroupOffsets(group, [{ topic, partition: 0, offset: 8 }]);
    const offsets = await admin.groupOffsets(group);
    expect(offsets.toSorted((left, right) => left.partition - right.partition)).toEqual([
      { topic, partition: 0, offset: 8 },
      { topic, partition: 1, offset: 3 },
    ]);
    await admin.deleteGroupOffsets(group, [{ topic, partition: 1 }]);
    expect(await admin.groupOffsets(group)).toEqual([{ topic, partition: 0, offset: 8 }]);
    expect(await admin.describeGroup(group)).toMatchObject({ state: 'Empty', members: [] });
    await admin.deleteGroup(group);
    await admin.deleteGroup(group);
    expect(await admin.groupOffsets(group)).toEqual([]);
  });

  it('describes a group that is not there as dead', async () => {
    expect(await admin.describeGroup(unique('spec-group'))).toEqual({ state: 'Dead', protocolType: '', members: [] });
  });
});
