import type { RecordMetadata } from '@tributary/connect-api';
import type { OutgoingRecord, SendFailure } from '../api.js';
import { SendError } from '../errors.js';

/** One call of `send`: settles when each of its records is acknowledged or refused. */
export class SendCall {
  readonly promise: Promise<readonly RecordMetadata[] | undefined>;
  /** the timestamp of records that have none, ms since the epoch */
  readonly now = Date.now();
  private readonly metadata: RecordMetadata[] | undefined;
  private readonly failures: SendFailure[] = [];
  private open: number;
  private resolve: (metadata: readonly RecordMetadata[] | undefined) => void = () => undefined;
  private reject: (error: Error) => void = () => undefined;

  constructor(
    readonly records: readonly OutgoingRecord[],
    withMetadata: boolean,
  ) {
    this.open = records.length;
    this.metadata = withMetadata ? [] : undefined;
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    if (this.open === 0) this.resolve(this.metadata);
  }

  timestampOf(record: OutgoingRecord): number {
    return record.timestamp === null || record.timestamp === -1 ? this.now : record.timestamp;
  }

  /** Records [from, to) were acknowledged; the first has `offset` (-1: not known), `appendTime` (-1: the records' own). */
  acknowledge(from: number, to: number, partition: number, offset: number, appendTime: number): void {
    if (this.metadata !== undefined) {
      for (let index = from; index < to; index++) {
        const record = this.records[index] as OutgoingRecord;
        this.metadata[index] = {
          topic: record.topic,
          partition,
          offset: offset < 0 ? -1 : offset + index - from,
          timestamp: appendTime < 0 ? this.timestampOf(record) : appendTime,
        };
      }
    }
    this.settle(to - from);
  }

  fail(from: number, to: number, error: Error): void {
    for (let index = from; index < to; index++) this.failures.push({ index, error });
    this.settle(to - from);
  }

  private settle(count: number): void {
    this.open -= count;
    if (this.open > 0) return;
    if (this.failures.length === 0) {
      this.resolve(this.metadata);
      return;
    }
    this.failures.sort((left, right) => left.index - right.index);
    this.reject(new SendError(this.failures, this.records.length, this.metadata));
  }
}
