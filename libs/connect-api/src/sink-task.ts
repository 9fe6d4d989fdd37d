import type { MaybePromise, Props } from './connector.js';
import type { TaskLog } from './task-log.js';
import type { SinkRecord, TopicPartition, TopicPartitionOffset } from './record.js';

/** Takes single records that a sink task could not deliver. */
export interface ErrantRecordReporter {
  /**
   * Resolves once the report is safe; rejects where it is lost: then the task fails, whether it looked at the promise or
   * not. Offsets are committed when all reports are safe.
   * @throws at once with errors.tolerance=none, with the report on its way, and where the record cannot be told: the
   * connector's converters cannot write what the task made
   */
  report(record: SinkRecord, error: unknown): Promise<void>;
}

/** What the runtime offers to a running sink task. */
export interface SinkTaskContext {
  readonly connectorName: string;
  readonly taskId: number;
  configs(): Props;
  /** Writes to the worker's log, marked with this task's name. */
  readonly log: TaskLog;
  /** The partitions now assigned. */
  assignment(): readonly TopicPartition[];
  /** Read on from these offsets, before the next `put`. */
  seek(offsets: readonly TopicPartitionOffset[]): void;
  /** How long to wait before the same batch is delivered again after a `RetriableError`, milliseconds. */
  timeout(ms: number): void;
  pause(partitions: readonly TopicPartition[]): void;
  resume(partitions: readonly TopicPartition[]): void;
  /** Asks for a commit before the next `put`. */
  requestCommit(): void;
  /** null unless errors are logged or a dead letter queue is configured */
  readonly errantRecordReporter: ErrantRecordReporter | null;
  /** Aborted when the task is asked to stop. */
  readonly signal: AbortSignal;
}

/**
 * Writes records to another system. Life: constructed, `initialize`, `start`, `open`, then `put` and now and then
 * `preCommit`, `close`, `stop`. `open` and `close` come again with every rebalance. No two calls overlap.
 */
export interface SinkTask {
  version(): string;
  initialize?(context: SinkTaskContext): void;
  start(props: Props): MaybePromise<void>;
  /** Partitions were gained. Called before their first record. */
  open?(partitions: readonly TopicPartition[]): MaybePromise<void>;
  /**
   * The next records; may be empty, which is a chance to do work that is due. `RetriableError`: the same records come
   * again; anything else fails the task.
   */
  put(records: readonly SinkRecord[]): MaybePromise<void>;
  /** Everything put so far must be durable when this is done. Called by the default `preCommit`. */
  flush?(offsets: readonly TopicPartitionOffset[]): MaybePromise<void>;
  /**
   * What may be committed: a part of `offsets` or lower ones; an empty array skips this commit. The default calls
   * `flush` and returns `offsets`. A throw rewinds to the last committed offsets.
   */
  preCommit?(offsets: readonly TopicPartitionOffset[]): MaybePromise<readonly TopicPartitionOffset[]>;
  /** Partitions are about to be lost; their offsets have been committed, or another worker has them already. */
  close?(partitions: readonly TopicPartition[]): MaybePromise<void>;
  stop(): MaybePromise<void>;
}
