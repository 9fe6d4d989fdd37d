import { randomUUID } from 'node:crypto';
import { kafkaClients, type OutgoingRecord } from '@tributary/kafka-client';
import { inject } from 'vitest';
import { KafkaConfigStore } from '../src/config/kafka-config-store.js';
import { KafkaConfigWriter } from '../src/config/kafka-config-writer.js';
import { KafkaOffsetStore } from '../src/offset/kafka-offset-store.js';
import { KafkaStatusStore } from '../src/status/kafka-status-store.js';
import type { TopicRole } from '../src/topics/internal-topic.js';
import { storageTopics } from '../src/topics/storage-topics.js';

interface Stoppable {
  stop(): Promise<void>;
}

/** Stores of one cluster, with topics of their own on the shared broker; each call makes one more process's store. */
export class StorageRig {
  readonly clients = kafkaClients;
  readonly properties: Record<string, string>;
  readonly topics: ReturnType<typeof storageTopics>;
  private readonly ends: (() => Promise<void>)[] = [];

  constructor(extra: Readonly<Record<string, string>> = {}) {
    const id = randomUUID();
    const properties: Record<string, string> = {
      'bootstrap.servers': inject('bootstrapServers'),
      'group.id': `storage-${id}`,
    };
    for (const role of ['config', 'offset', 'status']) {
      properties[`${role}.storage.topic`] = `storage-${role}-${id}`;
      properties[`${role}.storage.replication.factor`] = '1';
    }
    properties['offset.storage.partitions'] = '3';
    this.properties = { ...properties, ...extra };
    this.topics = storageTopics(this.properties);
  }

  options(role: TopicRole) {
    return { clients: this.clients, properties: this.properties, topic: this.topics[role] };
  }

  config = (): Promise<KafkaConfigStore> => this.started(new KafkaConfigStore(this.options('config')));
  status = (): Promise<KafkaStatusStore> => this.started(new KafkaStatusStore(this.options('status')));
  offsets = (): Promise<KafkaOffsetStore> => this.started(new KafkaOffsetStore(this.options('offset')));

  async writer(store: KafkaConfigStore): Promise<KafkaConfigWriter> {
    const writer = new KafkaConfigWriter({ ...this.options('config'), store });
    this.ends.push(() => writer.release());
    await writer.claim();
    return writer;
  }

  /** Writes records as they are, e.g. as another program would. */
  async write(
    role: TopicRole,
    records: readonly { readonly key: string; readonly value: string | null }[],
  ): Promise<void> {
    const producer = this.clients.producer({ ...this.properties, acks: 'all' });
    try {
      const topic = this.topics[role].name;
      await producer.send(
        records.map(({ key, value }): OutgoingRecord => {
          return { topic, partition: role === 'config' ? 0 : null, key, value, headers: undefined, timestamp: null };
        }),
      );
    } finally {
      await producer.close();
    }
  }

  /** All committed records of a topic, as text, partition by partition. */
  async dump(role: TopicRole): Promise<{ key: string | undefined; value: string | undefined }[]> {
    const records: { partition: number; key: string | undefined; value: string | undefined }[] = [];
    const reader = this.clients.topicReader(this.properties, {
      topic: this.topics[role].name,
      isolation: 'read_committed',
      onRecords: (batch) => {
        for (const { partition, key, value } of batch)
          records.push({ partition, key: key?.toString(), value: value?.toString() });
      },
    });
    await reader.start();
    await reader.stop();
    return records.sort((a, b) => a.partition - b.partition).map(({ key, value }) => ({ key, value }));
  }

  async dispose(): Promise<void> {
    await Promise.all(this.ends.splice(0).map((end) => end()));
    const admin = this.clients.admin(this.properties);
    const names = Object.values(this.topics).map(({ name }) => name);
    const existing = await admin.partitionCounts(names);
    await Promise.all([...existing.keys()].map((name) => admin.deleteTopic(name)));
    await admin.close();
  }

  private async started<T extends Stoppable & { start(): Promise<void> }>(store: T): Promise<T> {
    this.ends.push(() => store.stop());
    await store.start();
    return store;
  }
}
