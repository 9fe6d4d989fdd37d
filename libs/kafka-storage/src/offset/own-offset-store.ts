import type { ClientProperties, KafkaClientFactory } from '@tributary/kafka-client';
import { storageTopics } from '../topics/storage-topics.js';
import { KafkaOffsetStore } from './kafka-offset-store.js';

/** What a connector's own offsets topic is opened with. */
export interface OwnOffsetStoreOptions {
  readonly clients: KafkaClientFactory;
  readonly topic: string;
  /** of the clients that create, read and write it */
  readonly clientProperties: Readonly<Record<'admin' | 'consumer' | 'producer', ClientProperties>>;
  /** the worker's: a topic that does not exist is made as its own offsets topic would be */
  readonly workerProperties: Readonly<Record<string, string>>;
}

/** A connector's own offsets topic, read to its end. */
export async function openOwnOffsetStore(options: OwnOffsetStoreOptions): Promise<KafkaOffsetStore> {
  const { clients, topic: name, clientProperties, workerProperties } = options;
  const topic = { ...storageTopics(workerProperties).offset, name };
  const store = new KafkaOffsetStore({ clients, topic, clientProperties });
  try {
    await store.start();
    return store;
  } catch (error) {
    await store.stop();
    throw error;
  }
}
