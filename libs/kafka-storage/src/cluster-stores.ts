import type { ClientProperties, KafkaClientFactory } from '@tributary/kafka-client';
import type { ConfigStore, ConfigWriter, OffsetStore, StatusStore } from './api.js';
import { KafkaConfigStore } from './config/kafka-config-store.js';
import { KafkaConfigWriter } from './config/kafka-config-writer.js';
import { KafkaOffsetStore } from './offset/kafka-offset-store.js';
import { KafkaStatusStore } from './status/kafka-status-store.js';
import { storageTopics } from './topics/storage-topics.js';

/** The worker's properties as the stores need them. */
export interface ClusterStoresOptions {
  readonly clients: KafkaClientFactory;
  /** for internal clients: `bootstrap.servers`, security, `group.id`, `client.id` */
  readonly properties: ClientProperties;
  /** the worker's, for the topics: `config.storage.topic`, `status.storage.partitions`, ... */
  readonly workerProperties: Readonly<Record<string, string>>;
}

/** A process's views of the cluster's state: it lives in three topics, and every process reads them. */
export class ClusterStores {
  readonly configs: ConfigStore;
  readonly statuses: StatusStore;
  readonly offsets: OffsetStore;

  readonly #topics: ReturnType<typeof storageTopics>;

  constructor(private readonly options: ClusterStoresOptions) {
    const { clients, properties } = options;
    const topics = storageTopics(options.workerProperties);
    this.#topics = topics;
    this.configs = new KafkaConfigStore({ clients, properties, topic: topics.config });
    this.statuses = new KafkaStatusStore({ clients, properties, topic: topics.status });
    this.offsets = new KafkaOffsetStore({ clients, properties, topic: topics.offset });
  }

  /** The writing side of the config topic, which only the leader may claim. */
  configWriter(): ConfigWriter {
    const { clients, properties } = this.options;
    return new KafkaConfigWriter({ clients, properties, topic: this.#topics.config, store: this.configs });
  }

  /** Creates or checks the topics and reads them to the end. */
  async start(): Promise<void> {
    await Promise.all([this.configs.start(), this.statuses.start(), this.offsets.start()]);
  }

  async stop(): Promise<void> {
    await Promise.all([this.configs.stop(), this.statuses.stop(), this.offsets.stop()]);
  }
}
