import { until } from '@tributary/testing';
import { CompressionTypes, Kafka, logLevel } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { cleanUps, group, LIMIT_MS, member, pollUntil, read, valuesOf } from '../../test/consumers.js';
import { KafkaProxy } from '../../test/kafka-proxy.js';
import { clientProperties, createTopic, numbered, outgoing, produce } from '../../test/support.js';
import type { IncomingRecord } from '../api.js';
import { kafkaClients } from '../kafka-clients.js';

describe('KafkaConsumer', () => {
  it('reads what it is assigned, at most max.poll.records at a time', async () => {
    const topic = await createTopic(1);
    await produce(topic, 0, numbered('v', 1200));
    const { consumer, events } = member(group(), [topic]);
    const portions: IncomingRecord[][] = [];
    await until(
      '1200 records',
      async () => {
        portions.push([...(await consumer.poll(200))]);
        return portions.flat().length >= 1200;
      },
      LIMIT_MS,
      1,
    );
    expect(valuesOf(portions.flat())).toEqual(numbered('v', 1200));
    expect(Math.max(...portions.map((portion) => portion.length))).toBe(500);
    expect(events).toEqual(['assigned 0']);
    expect(consumer.position({ topic, partition: 0 })).toBe(1200);
  });

  it.each([
    ['none', CompressionTypes.None],
    ['gzip', CompressionTypes.GZIP],
  ])('reads what kafkajs wrote with compression %s', async (_name, compression) => {
    const topic = await createTopic(1);
    const producer = new Kafka({
      brokers: [clientProperties()['bootstrap.servers'] ?? ''],
      logLevel: logLevel.NOTHING,
    }).producer();
    await producer.connect();
    cleanUps.push(() => producer.disconnect());
    const messages = [
      { key: 'k', value: 'v', timestamp: '1700000000000', headers: { h: Buffer.from('x') } },
      { key: null, value: null, timestamp: '1700000000001' },
    ];
    await producer.send({ topic, compression, messages });
    const { consumer } = member(group(), [topic]);
    expect(await read(consumer, 2)).toEqual([
      {
        topic,
        partition: 0,
        offset: 0,
        timestamp: 1_700_000_000_000,
        timestampType: 'CreateTime',
        key: Buffer.from('k'),
        value: Buffer.from('v'),
        headers: [{ key: 'h', value: Buffer.from('x') }],
      },
      {
        topic,
        partition: 0,
        offset: 1,
        timestamp: 1_700_000_000_001,
        timestampType: 'CreateTime',
        key: null,
        value: null,
        headers: undefined,
      },
    ]);
  });

  it.each(['gzip', 'snappy', 'lz4'])('reads what our own producer wrote with compression %s', async (compression) => {
    const topic = await createTopic(1);
    await produce(topic, 0, numbered('a value that can be compressed ', 3000), { 'compression.type': compression });
    const { consumer } = member(group(), [topic]);
    expect(valuesOf(await read(consumer, 3000))).toEqual(numbered('a value that can be compressed ', 3000));
  });

  it('tells positions and takes seeks inside assigned', async () => {
    const topic = await createTopic(1);
    await produce(topic, 0, numbered('v', 10));
    const positions: number[] = [];
    const { consumer } = member(group(), [topic], {
      assigned: async () => {
        positions.push(consumer.position({ topic, partition: 0 }));
        consumer.seek({ topic, partition: 0, offset: 8 });
      },
    });
    expect(valuesOf(await read(consumer, 2))).toEqual(['v8', 'v9']);
    expect(positions).toEqual([0]);
    consumer.seek({ topic, partition: 0, offset: 5 });
    expect(valuesOf(await read(consumer, 5))).toEqual(numbered('v', 10).slice(5));
  });

  it('returns nothing of a paused partition, and what it missed after it is resumed', async () => {
    const topic = await createTopic(2);
    const { consumer, events } = member(group(), [topic]);
    await pollUntil(consumer, events, 'assigned 0,1');
    consumer.pause([{ topic, partition: 0 }]);
    await produce(topic, 0, ['paused']);
    await produce(topic, 1, ['running']);
    expect(valuesOf(await read(consumer, 1))).toEqual(['running']);
    expect(await consumer.poll(300)).toEqual([]);
    consumer.resume([{ topic, partition: 0 }]);
    expect(valuesOf(await read(consumer, 1))).toEqual(['paused']);
  });

  it('begins at the end with auto.offset.reset=latest, and nowhere with none', async () => {
    const topic = await createTopic(1);
    await produce(topic, 0, ['old']);
    const latest = member(group({ 'auto.offset.reset': 'latest' }), [topic]);
    await pollUntil(latest.consumer, latest.events, 'assigned 0');
    await produce(topic, 0, ['new']);
    expect(valuesOf(await read(latest.consumer, 1))).toEqual(['new']);
    const none = member(group({ 'auto.offset.reset': 'none' }), [topic]);
    await expect(none.consumer.poll(LIMIT_MS)).rejects.toMatchObject({
      message: `Undefined offset with no reset policy for partitions: [${topic}-0]`,
    });
  });

  it('goes back to auto.offset.reset when its offset is out of range', async () => {
    const topic = await createTopic(1);
    await produce(topic, 0, ['a', 'b']);
    const { consumer, events } = member(group(), [topic]);
    await pollUntil(consumer, events, 'assigned 0');
    consumer.seek({ topic, partition: 0, offset: 1000 });
    await until('the first record again', async () => valuesOf(await consumer.poll(100)).includes('a'), LIMIT_MS, 1);
  });

  it('ends a waiting poll when it is woken, and the next one when none waits', async () => {
    const topic = await createTopic(1);
    const { consumer, events } = member(group(), [topic]);
    await pollUntil(consumer, events, 'assigned 0');
    for (const early of [false, true]) {
      if (early) consumer.wakeup();
      // Longer than a test may take.
      const polling = consumer.poll(120_000);
      if (!early) setTimeout(() => consumer.wakeup(), 50);
      expect(await polling).toEqual([]);
    }
  });

  it('returns records as they come, however long an empty fetch may wait', async () => {
    const topic = await createTopic(1);
    const { consumer, events } = member(group({ 'fetch.max.wait.ms': '100000' }), [topic]);
    await pollUntil(consumer, events, 'assigned 0');
    const producer = kafkaClients.producer(clientProperties());
    cleanUps.push(() => producer.close());
    for (let round = 0; round < 10; round++) {
      const polling = consumer.poll(LIMIT_MS);
      await producer.send([outgoing(topic, 0, `r${round}`)]);
      expect(valuesOf(await polling)).toEqual([`r${round}`]);
    }
  });

  it('goes on after the broker connections are dropped, with no record lost or twice', async () => {
    const wire = await KafkaProxy.start(clientProperties()['bootstrap.servers'] ?? '');
    cleanUps.push(() => wire.close());
    const topic = await createTopic(1);
    const { consumer, events } = member(group({ 'bootstrap.servers': wire.bootstrapServers }), [topic]);
    await pollUntil(consumer, events, 'assigned 0');
    const values: string[] = [];
    for (let round = 0; round < 5; round++) {
      wire.dropAll();
      await produce(topic, 0, [`r${round}`]);
      values.push(...valuesOf(await read(consumer, 1)));
    }
    expect(values).toEqual(numbered('r', 5));
    expect(events).toEqual(['assigned 0']);
  });
});
