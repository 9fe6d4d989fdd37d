import type { TopicPartition } from '@tributary/connect-api';
import { until } from '@tributary/testing';
import { afterEach } from 'vitest';
import type { ClientProperties, Consumer, IncomingRecord, RebalanceListener } from '../src/api.js';
import { kafkaClients } from '../src/kafka-clients.js';
import { clientProperties, unique } from './support.js';

export const LIMIT_MS = 50_000;

/** What to undo after the test that is running, last first. */
export const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

/** Properties of a group of its own that notices things quickly. */
export function group(more: ClientProperties = {}): ClientProperties {
  return clientProperties({
    'group.id': unique('group'),
    'auto.offset.reset': 'earliest',
    'heartbeat.interval.ms': '200',
    'session.timeout.ms': '6000',
    ...more,
  });
}

export const names = (partitions: readonly TopicPartition[]): string =>
  partitions
    .map(({ partition }) => partition)
    .toSorted()
    .join();

/** A consumer with what its listener was told on record. */
export function member(
  properties: ClientProperties,
  topics: readonly string[] | RegExp,
  listener: Partial<RebalanceListener> = {},
): { consumer: Consumer; events: string[] } {
  const consumer = kafkaClients.consumer(properties);
  cleanUps.push(() => consumer.close());
  const events: string[] = [];
  const note = (what: keyof RebalanceListener) => async (partitions: readonly TopicPartition[]) => {
    events.push(`${what} ${names(partitions)}`);
    await listener[what]?.(partitions);
  };
  consumer.subscribe(topics, { assigned: note('assigned'), revoked: note('revoked'), lost: note('lost') });
  return { consumer, events };
}

/** Polls until so many records are there. */
export async function read(consumer: Consumer, count: number): Promise<IncomingRecord[]> {
  const records: IncomingRecord[] = [];
  await until(
    `${count} records`,
    async () => {
      records.push(...(await consumer.poll(100)));
      return records.length >= count;
    },
    LIMIT_MS,
    1,
  );
  return records;
}

export const valuesOf = (records: readonly IncomingRecord[]): string[] => records.map(({ value }) => String(value));

/** Polls until the listener was told so. */
export function pollUntil(consumer: Consumer, events: readonly string[], event: string): Promise<unknown> {
  return until(
    `${event}, was ${events.join('; ')}`,
    async () => {
      await consumer.poll(50);
      return events.includes(event);
    },
    LIMIT_MS,
    1,
  );
}
