import type { SourceRecord } from '@tributary/connect-api';
import type { SourceBatch } from './source-batch.js';

/** How a source task's records and offsets come to Kafka. Methods are called one after the other, except where they say so. */
export interface SourceDelivery {
  /** what must make the task fail; undefined: nothing is known */
  readonly failure: Error | undefined;
  /** number of records that were polled and are not safe yet */
  readonly pending: number;
  /** Called before the task's `start`. */
  open(): Promise<void>;
  /** The task has started: records are to come. */
  begin(): void;
  /** Records from `start` to before this index, at most `limit`, may be sent as one piece. */
  pieceEnd(records: readonly SourceRecord[], start: number, limit: number): number;
  batch(size: number): SourceBatch;
  /** Resolves when there is room for more. `last`: the last record of the piece as the task returned it. */
  send(batch: SourceBatch, last: SourceRecord | undefined): Promise<void>;
  /** All that a poll returned has been sent. */
  polled(): Promise<void>;
  /** A poll returned nothing. */
  idle(): Promise<void>;
  /** The task is about to rest. */
  rest(): Promise<void>;
  /** The task is asked to stop: what was sent is all that there will be. May be called during any other method. */
  hurry(): void;
  /** Waits for the last records and commits their offsets, as far as that is right after a failure. Never rejects. */
  finish(failed: boolean): Promise<void>;
  /** After the task's `stop`. */
  close(): Promise<void>;
  /** From now on nothing reaches Kafka. May be called during any other method, which may then reject. */
  abandon(): Promise<void>;
}
