import type { SourceOffset, SourcePartition } from '@tributary/connect-api';

/** null: the partition's offset is to be forgotten. */
export type OffsetEntry = readonly [SourcePartition, SourceOffset | null];

/** Records sent together, and how far each source partition is once Kafka has them. */
export class OffsetNotes {
  private partition: SourcePartition | undefined;
  private offset: SourceOffset | null | undefined;
  private readonly others = new Map<SourcePartition, SourceOffset | null>();

  /** `size`: number of records */
  constructor(readonly size: number) {}

  /** Notes a record, in the order of the poll. A run of records with one partition object costs nothing. */
  note(partition: SourcePartition, offset: SourceOffset | null): void {
    if (partition !== this.partition) {
      if (this.partition !== undefined) this.setAside(this.partition, this.offset);
      this.partition = partition;
    }
    this.offset = offset;
  }

  /** The last offset by partition object, in the order in which they were noted last. */
  entries(): Iterable<OffsetEntry> {
    if (this.partition !== undefined) this.setAside(this.partition, this.offset);
    return this.others;
  }

  private setAside(partition: SourcePartition, offset: SourceOffset | null | undefined): void {
    if (offset === undefined) return;
    this.others.delete(partition);
    this.others.set(partition, offset);
  }
}
