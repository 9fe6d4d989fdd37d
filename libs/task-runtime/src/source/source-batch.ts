import type { SourceRecord } from '@tributary/connect-api';
import type { OutgoingRecord } from '@tributary/kafka-client';
import type { OffsetNotes } from './offset-notes.js';

/** Source records on their way to Kafka together, as one `send`. */
export class SourceBatch {
  readonly outgoing: OutgoingRecord[] = [];
  /** the source records of `outgoing`, index by index; only kept where somebody will ask for them */
  readonly sources: SourceRecord[] | undefined;
  /** those that a transformation dropped or whose failure was tolerated; kept like `sources` */
  readonly leftOut: SourceRecord[] | undefined;
  dropped = 0;

  constructor(
    readonly offsets: OffsetNotes,
    keepSources: boolean,
    /** whether the offset advances over records that are left out */
    private readonly skipsLeftOut = true,
  ) {
    this.sources = keepSources ? [] : undefined;
    this.leftOut = keepSources ? [] : undefined;
  }

  add(source: SourceRecord, outgoing: OutgoingRecord): void {
    this.outgoing.push(outgoing);
    this.sources?.push(source);
    this.offsets.note(source.sourcePartition, source.sourceOffset);
  }

  /** The record goes nowhere. */
  leaveOut(source: SourceRecord): void {
    this.dropped++;
    this.leftOut?.push(source);
    if (this.skipsLeftOut) this.offsets.note(source.sourcePartition, source.sourceOffset);
  }
}
