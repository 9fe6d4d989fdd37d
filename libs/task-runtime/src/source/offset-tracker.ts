import type { SourceOffset, SourcePartition } from '@tributary/connect-api';
import { partitionKey } from './partition-key.js';

export type OffsetEntry = readonly [SourcePartition, SourceOffset];

/** Records sent together, and how far each source partition is once Kafka has them. */
export class SubmittedBatch {
  private partition: SourcePartition | undefined;
  private offset: SourceOffset | undefined;
  private readonly others = new Map<SourcePartition, SourceOffset>();
  acknowledged = false;

  constructor(readonly size: number) {}

  /** Notes a record, in the order of the poll. A run of records with one partition object costs nothing. */
  note(partition: SourcePartition, offset: SourceOffset): void {
    if (partition !== this.partition) {
      if (this.partition !== undefined) this.setAside(this.partition, this.offset);
      this.partition = partition;
    }
    this.offset = offset;
  }

  /** The last offset by partition object, in the order in which they were noted last. */
  offsets(): Iterable<readonly [SourcePartition, SourceOffset]> {
    if (this.partition !== undefined) this.setAside(this.partition, this.offset);
    return this.others;
  }

  private setAside(partition: SourcePartition, offset: SourceOffset | undefined): void {
    if (offset === undefined) return;
    this.others.delete(partition);
    this.others.set(partition, offset);
  }
}

/**
 * Knows which source offsets may be committed: those of batches that Kafka has acknowledged and before which no batch
 * is still on its way. A record that waits holds back the commits of all after it, so that none can be skipped.
 */
export class OffsetTracker {
  private readonly submitted: SubmittedBatch[] = [];
  private committable = new Map<string, OffsetEntry>();

  submit(size: number): SubmittedBatch {
    const batch = new SubmittedBatch(size);
    this.submitted.push(batch);
    return batch;
  }

  acknowledge(batch: SubmittedBatch): void {
    batch.acknowledged = true;
    let done = 0;
    for (const head of this.submitted) {
      if (!head.acknowledged) break;
      done++;
      for (const entry of head.offsets()) this.committable.set(partitionKey(entry[0]), entry);
    }
    if (done > 0) this.submitted.splice(0, done);
  }

  /** number of records that are not acknowledged in order yet */
  get pending(): number {
    return this.submitted.reduce((sum, batch) => sum + batch.size, 0);
  }

  /** What is to be written now. Give it back with {@link putBack} where writing failed. */
  take(): readonly OffsetEntry[] {
    const entries = [...this.committable.values()];
    this.committable = new Map();
    return entries;
  }

  /** Returns what {@link take} gave; newer offsets win. */
  putBack(entries: readonly OffsetEntry[]): void {
    const newer = this.committable;
    this.committable = new Map(entries.map((entry) => [partitionKey(entry[0]), entry]));
    for (const [key, entry] of newer) this.committable.set(key, entry);
  }
}
