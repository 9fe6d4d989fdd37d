import { exactlyOnceProducerProperties, ownOffsetsTopic } from '@tributary/config-schemas';
import type { WorkerConfig } from '@tributary/config-schemas';
import type { SourceOffset, SourcePartition } from '@tributary/connect-api';
import type { ClientProperties, KafkaClientFactory } from '@tributary/kafka-client';
import { listSourceOffsets, openOwnOffsetStore, SourceOffsetStore } from '@tributary/kafka-storage';
import type { ConnectorConfig, OffsetStore } from '@tributary/kafka-storage';
import { loggerFor } from '@tributary/observability';

const log = loggerFor('herder.offsets');

/** How long Kafka may take for each step of a write, milliseconds: somebody waits for the answer. */
const WRITE_LIMIT_MS = 30_000;
const PATIENCE = { 'max.block.ms': String(WRITE_LIMIT_MS), 'delivery.timeout.ms': String(WRITE_LIMIT_MS) };

export interface SourceStoreOptions {
  /** the worker's */
  readonly store: Pick<OffsetStore, 'get' | 'list' | 'put' | 'outgoing'>;
  readonly worker: WorkerConfig;
  readonly clients: KafkaClientFactory;
}

type Changes = readonly (readonly [SourcePartition, SourceOffset | null])[];

/**
 * A source connector's offsets from outside of its tasks, wherever it keeps them. With exactly-once support they are
 * written in a transaction, by the producer id of the connector's first task.
 */
export class SourceStore {
  private constructor(
    private readonly connector: string,
    private readonly options: SourceStoreOptions,
    /** the connector's own topic */
    private readonly own: OffsetStore | undefined,
    /** of a transactional producer; undefined: no transaction is needed */
    private readonly transactional: ClientProperties | undefined,
  ) {}

  static async open(connector: string, config: ConnectorConfig, options: SourceStoreOptions): Promise<SourceStore> {
    const { worker, clients } = options;
    const owner = { workerConfig: worker, connectorConfig: worker.providers.resolve(config), connector };
    const own = ownOffsetsTopic(owner);
    const store =
      own &&
      (await openOwnOffsetStore({
        clients,
        topic: own.topic,
        clientProperties: { ...own.clients, producer: { ...own.clients.producer, ...PATIENCE } },
        workerProperties: worker.properties,
      }));
    const ignored = (property: string): void => log.warn({ connector }, `producer property ${property} is ignored`);
    const transactional = worker.exactlyOnceSource
      ? { ...exactlyOnceProducerProperties({ ...owner, task: 0 }, ignored), ...PATIENCE }
      : undefined;
    return new SourceStore(connector, options, store, transactional);
  }

  list(): Promise<[SourcePartition, SourceOffset][]> {
    const { store } = this.options;
    return this.own === undefined ? store.list(this.connector) : listSourceOffsets(this.connector, this.own, store);
  }

  /** Resolves when the offsets are safe. */
  async put(offsets: Changes): Promise<void> {
    const { store } = this.options;
    const counts = this.own ?? store;
    const write = (): Promise<void> =>
      this.transactional === undefined
        ? counts.put(this.connector, offsets)
        : this.transact(this.transactional, counts, offsets);
    if (this.own === undefined) await write();
    else await new SourceOffsetStore(this.own, store).putBy(this.connector, offsets, write);
  }

  async close(): Promise<void> {
    await this.own?.stop();
  }

  private async transact(
    properties: ClientProperties,
    counts: Pick<OffsetStore, 'outgoing'>,
    offsets: Changes,
  ): Promise<void> {
    const producer = this.options.clients.transactionalProducer(properties);
    try {
      await producer.open();
      await producer.transact(counts.outgoing(this.connector, offsets));
    } finally {
      await producer.close();
    }
  }
}
