import type { SourceOffset, SourcePartition } from '@tributary/connect-api';
import type { OutgoingRecord } from '@tributary/kafka-client';
import { outgoingOffset, SourceOffsetStore, type OffsetStore } from '@tributary/kafka-storage';
import type { OffsetEntry } from './offset-notes.js';

export interface TaskOffsetsOptions {
  readonly connector: string;
  /** the topic in which the worker keeps offsets */
  readonly workerTopic: string;
  /** the worker's store, which the main thread has */
  readonly worker: {
    readOffsets(partitions: readonly SourcePartition[]): Promise<(SourceOffset | null)[]>;
    writeOffsets(entries: readonly OffsetEntry[]): Promise<void>;
  };
  /** the connector's own topic and how it is opened; undefined: it has none */
  readonly own: { readonly topic: string; readonly open: () => Promise<OffsetStore> } | undefined;
}

/** The source offsets of one task, wherever its connector keeps them. */
export class TaskOffsets {
  private ownStore: OffsetStore | undefined;
  private both: SourceOffsetStore | undefined;

  constructor(private readonly options: TaskOffsetsOptions) {}

  /** The topic that counts. */
  get topic(): string {
    return this.options.own?.topic ?? this.options.workerTopic;
  }

  /** Before anything is read or written. */
  async open(): Promise<void> {
    const { own, worker } = this.options;
    if (own === undefined) return;
    this.ownStore = await own.open();
    this.both = new SourceOffsetStore(this.ownStore, {
      get: (_connector, partitions) => worker.readOffsets(partitions),
      put: (_connector, entries) => worker.writeOffsets(entries),
    });
  }

  read(partitions: readonly SourcePartition[]): Promise<(SourceOffset | null)[]> {
    return this.both?.get(this.options.connector, partitions) ?? this.options.worker.readOffsets(partitions);
  }

  /** Resolves when they are safe. */
  write(entries: readonly OffsetEntry[]): Promise<void> {
    return this.both?.put(this.options.connector, entries) ?? this.options.worker.writeOffsets(entries);
  }

  /** As `write`, where `send` brings the records to the topic that counts. Rejects with a DataError for offsets that cannot be written. */
  async writeBy(
    entries: readonly OffsetEntry[],
    send: (records: readonly OutgoingRecord[]) => Promise<void>,
  ): Promise<void> {
    const { connector } = this.options;
    const records = entries.map(([partition, offset]) => outgoingOffset(this.topic, connector, partition, offset));
    if (this.both === undefined) await send(records);
    else await this.both.putBy(connector, entries, () => send(records));
  }

  async close(): Promise<void> {
    await this.ownStore?.stop();
  }
}
