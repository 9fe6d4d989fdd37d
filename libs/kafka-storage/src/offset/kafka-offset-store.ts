import { ConnectError, IllegalStateError, type SourceOffset, type SourcePartition } from '@tributary/connect-api';
import type { IncomingRecord, Producer, TopicReader } from '@tributary/kafka-client';
import { loggerFor } from '@tributary/observability';
import type { OffsetStore } from '../api.js';
import { openTopic } from '../open-topic.js';
import { isSkipped, logSkipped } from '../skipped-record.js';
import type { StoreOptions } from '../store-options.js';
import { internalClientProperties } from '../topics/client-properties.js';
import { decodeOffsetRecord, outgoingOffset } from './offset-records.js';
import { OffsetView } from './offset-view.js';

const log = loggerFor('storage.offsets');

/**
 * The view of the offsets topic and the writes of this process. Reads wait for the topic's present end first: a task that
 * has just moved here sees what its former owner committed last. Transactions that were aborted or are undecided are not
 * seen.
 */
export class KafkaOffsetStore implements OffsetStore {
  private readonly view = new OffsetView();
  private reader: TopicReader | undefined;
  private producer: Producer | undefined;

  constructor(private readonly options: StoreOptions) {}

  async start(): Promise<void> {
    const { clients, properties } = this.options;
    this.reader = await openTopic(this.options, {
      role: 'offset',
      clientRole: 'offsets',
      onRecords: (records) => this.read(records),
    });
    this.producer = clients.producer({ ...internalClientProperties(properties, 'offsets'), acks: 'all' });
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
    const { producer } = this;
    if (producer === undefined) throw new IllegalStateError('writing offsets: the store has not been started');
    const { name } = this.options.topic;
    const records = offsets.map(([partition, offset]) => ({
      ...outgoingOffset(name, connector, partition, offset),
      key: this.view.keyOf(connector, partition),
    }));
    try {
      await producer.send(records);
    } catch (error) {
      throw new ConnectError(`writing offsets of connector ${connector} to topic ${name}`, { cause: error });
    }
  }

  async stop(): Promise<void> {
    await Promise.all([this.reader?.stop(), this.producer?.close()]);
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
