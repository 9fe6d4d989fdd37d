import type { SourceRecord } from '@tributary/connect-api';
import type { OutgoingRecord } from '@tributary/kafka-client';
import type { SubmittedBatch } from './offset-tracker.js';

/** Source records on their way to Kafka together, as one `send`. */
export class SourceBatch {
  readonly outgoing: OutgoingRecord[] = [];
  /** the source records of `outgoing`, index by index; only kept where somebody will ask for them */
  readonly sources: SourceRecord[] | undefined;
  /** those that a transformation dropped or whose failure was tolerated; kept like `sources` */
  readonly leftOut: SourceRecord[] | undefined;
  dropped = 0;

  constructor(
    readonly submitted: SubmittedBatch,
    keepSources: boolean,
  ) {
    this.sources = keepSources ? [] : undefined;
    this.leftOut = keepSources ? [] : undefined;
  }

  add(source: SourceRecord, outgoing: OutgoingRecord): void {
    this.outgoing.push(outgoing);
    this.sources?.push(source);
    this.submitted.note(source.sourcePartition, source.sourceOffset);
  }

  /** The record goes nowhere, its offset advances all the same. */
  leaveOut(source: SourceRecord): void {
    this.dropped++;
    this.leftOut?.push(source);
    this.submitted.note(source.sourcePartition, source.sourceOffset);
  }
}
