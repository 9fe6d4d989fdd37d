import { ConnectError, IllegalStateError, type SourceOffset, type SourcePartition } from '@tributary/connect-api';
import type { ClientProperties, IncomingRecord, OutgoingRecord, Producer, TopicReader } from '@tributary/kafka-client';
import { loggerFor } from '@tributary/observability';
import type { OffsetStore } from '../api.js';
import { openTopic } from '../open-topic.js';
import { isSkipped, logSkipped } from '../skipped-record.js';
import type { StoreOptions } from '../store-options.js';
import { internalClientProperties } from '../topics/client-properties.js';
import { decodeOffsetRecord, outgoingOffset } from './offset-records.js';
import { OffsetView } from './offset-view.js';

const log = loggerFor('storage.offsets');

/** The worker's offsets topic, reached with its properties, or another one, reached with clients of its own. */
export type OffsetStoreOptions =
  | StoreOptions
  | (Omit<StoreOptions, 'properties'> & {
      readonly clientProperties: Readonly<Record<'admin' | 'consumer' | 'producer', ClientProperties>>;
    });

/**
 * The view of the offsets topic and the writes of this process. Reads wait for the topic's present end first: a task that
 * has just moved here sees what its former owner committed last. Transactions that were aborted or are undecided are not
 * seen.
 */
export class KafkaOffsetStore implements OffsetStore {
  private readonly view = new OffsetView();
  private reader: TopicReader | undefined;
  private producer: Producer | undefined;

  constructor(private readonly options: OffsetStoreOptions) {}

  async start(): Promise<void> {
    const { clients, topic, clock } = this.options;
    this.reader = await openTopic({
      clients,
      topic,
      clock,
      role: 'offset',
      clientProperties: this.clientProperties,
      onRecords: (records) => this.read(records),
    });
    await this.reader.start();
  }

  async get(connector: string, partitions: readonly SourcePartition[]): Promise<(SourceOffset | null)[]> {
    await this.readToEnd();
    return partitions.map((partition) => this.view.get(connector, partition));
  }

  async list(connector: string): Promise<[SourcePartition, SourceOffset][]> {
    await this.readToEnd();
    return this.view.list(connector);
  }

  async put(connector: string, offsets: readonly (readonly [SourcePartition, SourceOffset | null])[]): Promise<void> {
    if (this.reader === undefined) throw new IllegalStateError('writing offsets: the store has not been started');
    this.producer ??= this.options.clients.producer({ ...this.clientProperties.producer, acks: 'all' });
    try {
      await this.producer.send(this.outgoing(connector, offsets));
    } catch (error) {
      const { name } = this.options.topic;
      throw new ConnectError(`writing offsets of connector ${connector} to topic ${name}`, { cause: error });
    }
  }

  outgoing(connector: string, offsets: readonly (readonly [SourcePartition, SourceOffset | null])[]): OutgoingRecord[] {
    return offsets.map(([partition, offset]) => ({
      ...outgoingOffset(this.options.topic.name, connector, partition, offset),
      key: this.view.keyOf(connector, partition),
    }));
  }

  async stop(): Promise<void> {
    await Promise.all([this.reader?.stop(), this.producer?.close()]);
  }

  private get clientProperties(): Readonly<Record<'admin' | 'consumer' | 'producer', ClientProperties>> {
    if ('clientProperties' in this.options) return this.options.clientProperties;
    const { properties } = this.options;
    const offsets = internalClientProperties(properties, 'offsets');
    return { admin: internalClientProperties(properties, 'shared-admin'), consumer: offsets, producer: offsets };
  }

  private async readToEnd(): Promise<void> {
    if (this.reader === undefined) throw new IllegalStateError('reading offsets: the store has not been started');
    await this.reader.readToEnd();
  }

  private read(records: readonly IncomingRecord[]): void {
    for (const { key, value, offset } of records) {
      const keyText = key?.toString('utf8') ?? null;
      const record = decodeOffsetRecord(keyText, value?.toString('utf8') ?? null);
      if (isSkipped(record)) logSkipped(log, record, this.options.topic.name, keyText, offset);
      else this.view.apply(keyText ?? '', record);
    }
  }
}
