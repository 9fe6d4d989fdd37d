import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import type { ClientProperties, OutgoingRecord } from '../src/api.js';
import { kafkaClients } from '../src/kafka-clients.js';

/** A name that no other spec uses. */
export function unique(prefix: string): string {
  return `${prefix}-${randomUUID()}`;
}

/** Properties for the broker that all specs share. */
export function clientProperties(more: ClientProperties = {}): ClientProperties {
  return { 'bootstrap.servers': inject('bootstrapServers'), ...more };
}

export async function createTopic(partitions: number, configs: Readonly<Record<string, string>> = {}): Promise<string> {
  const admin = kafkaClients.admin(clientProperties());
  const name = unique('topic');
  await admin.createTopic({ name, partitions, replicationFactor: 1, configs });
  await admin.close();
  return name;
}

export function outgoing(
  topic: string,
  partition: number | null,
  value: string,
  key: string | null = null,
): OutgoingRecord {
  return { topic, partition, key, value, headers: undefined, timestamp: null };
}

/** Writes the values to one partition, in order. */
export async function produce(
  topic: string,
  partition: number,
  values: readonly string[],
  properties: ClientProperties = {},
): Promise<void> {
  const producer = kafkaClients.producer(clientProperties(properties));
  await producer.send(values.map((value) => outgoing(topic, partition, value)));
  await producer.close();
}

/** `prefix0`, `prefix1`, ... */
export function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}
