import { randomUUID } from 'node:crypto';
import type { Admin, IncomingRecord, TopicReaderOptions } from '../api.js';
import { KafkaTopicReader } from '../reader/topic-reader.js';

/** A name that no other spec uses. */
export const unique = (what: string): string => `${what}-${randomUUID().slice(0, 8)}`;

/** Makes a topic of its own for a spec. */
export async function newTopic(admin: Admin, partitions = 1, configs: Record<string, string> = {}): Promise<string> {
  const name = unique('spec-producer');
  await admin.createTopic({ name, partitions, replicationFactor: 1, configs });
  return name;
}

/** All records of a topic, copied, in the order of their offsets within each partition. */
export async function readBack(
  bootstrapServers: string,
  topic: string,
  isolation: TopicReaderOptions['isolation'] = 'read_uncommitted',
): Promise<IncomingRecord[]> {
  const records: IncomingRecord[] = [];
  const reader = new KafkaTopicReader(
    { 'bootstrap.servers': bootstrapServers },
    { topic, isolation, onRecords: (batch) => records.push(...batch) },
  );
  try {
    await reader.start();
  } finally {
    await reader.stop();
  }
  return records;
}

/** The values of a topic's records as text. */
export async function valuesOf(
  bootstrapServers: string,
  topic: string,
  isolation?: TopicReaderOptions['isolation'],
): Promise<(string | undefined)[]> {
  return (await readBack(bootstrapServers, topic, isolation)).map(({ value }) => value?.toString());
}
