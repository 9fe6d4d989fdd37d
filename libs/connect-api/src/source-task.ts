import type { MaybePromise, Props } from './connector.js';
import type { TaskLog } from './task-log.js';
import type { RecordMetadata, SourceOffset, SourcePartition, SourceRecord } from './record.js';

/** Reads what earlier runs of this connector's tasks stored. */
export interface OffsetReader {
  /** The last committed offset of that partition; null where there is none. */
  offset(partition: SourcePartition): Promise<SourceOffset | null>;
  /** The same for many, in the order asked. */
  offsets(partitions: readonly SourcePartition[]): Promise<(SourceOffset | null)[]>;
}

/**
 * Lets a task of an exactly-once connector with `transaction.boundary=connector` say where its transactions end. All
 * methods are to be called inside {@link SourceTask.poll}, for what that call returns or earlier ones returned, and take
 * effect when those records have been sent. To ask for a commit and an abort at the same place fails the task.
 *
 * What is aborted is not seen by consumers with `isolation.level=read_committed`. Its offsets are committed all the same,
 * and `commitRecord` is called for its records: the task is not given them again.
 */
export interface TransactionContext {
  /** Ends the transaction after the last record of this poll; with `record`, after that one. */
  commitTransaction(record?: SourceRecord): void;
  /** The same, but what the transaction holds counts for nothing. */
  abortTransaction(record?: SourceRecord): void;
}

/** What the runtime offers to a running source task. */
export interface SourceTaskContext {
  readonly connectorName: string;
  readonly taskId: number;
  configs(): Props;
  /** Writes to the worker's log, marked with this task's name. */
  readonly log: TaskLog;
  readonly offsetReader: OffsetReader;
  /** Absent where the task has no say in its transactions, or writes without any. */
  readonly transactionContext?: TransactionContext | undefined;
  /** Aborted when the task is asked to stop: pass it to long waits inside {@link SourceTask.poll}. */
  readonly signal: AbortSignal;
}

/**
 * Reads records from another system. Life: constructed, `initialize`, `start`, then `poll` again and again, `stop`.
 * No two calls overlap, except `commitRecord` and `commit`, which may come while `poll` waits.
 */
export interface SourceTask {
  version(): string;
  initialize?(context: SourceTaskContext): void;
  start(props: Props): MaybePromise<void>;
  /**
   * The next records, in order; null or an empty array when there are none now. May wait for data, but should return
   * within a second or so, or when `context.signal` aborts. Not called while paused. A `RetriableError` means 'again
   * later'; anything else fails the task.
   */
  poll(): MaybePromise<readonly SourceRecord[] | null>;
  /** After each commit of offsets: all records returned before the commit began are safe in Kafka. */
  commit?(): MaybePromise<void>;
  /** For each record once Kafka has it; `metadata` is null where it was filtered or its failure tolerated. */
  commitRecord?(record: SourceRecord, metadata: RecordMetadata | null): MaybePromise<void>;
  stop(): MaybePromise<void>;
}
