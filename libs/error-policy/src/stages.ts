import type { SourceRecord, TimestampType } from '@tributary/connect-api';

/** Where a record failed, with the reference's names: users meet them in logs and dead-letter headers. */
export type Stage =
  | 'TRANSFORMATION'
  | 'KEY_CONVERTER'
  | 'VALUE_CONVERTER'
  | 'HEADER_CONVERTER'
  | 'KAFKA_PRODUCE'
  | 'KAFKA_CONSUME'
  | 'TASK_POLL'
  | 'TASK_PUT';

/** Stages in which any error may be tolerated; in the others only one that says that trying again may help. */
const TOLERANT_STAGES: ReadonlySet<Stage> = new Set<Stage>([
  'TRANSFORMATION',
  'KEY_CONVERTER',
  'VALUE_CONVERTER',
  'HEADER_CONVERTER',
]);

export function tolerable(stage: Stage, error: unknown): boolean {
  return TOLERANT_STAGES.has(stage) || isRetriable(error);
}

/** By code, because the error may come from another copy of the API or from another thread. */
export function isRetriable(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'RETRIABLE';
}

/** A record as it was read from Kafka. */
export interface ConsumedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: number;
  readonly timestampType: TimestampType;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly { readonly key: string; readonly value: Buffer | null }[] | undefined;
}

/** What failed: a stage, the class at work in it, and the record as it came in. */
export interface FailedStep {
  readonly stage: Stage;
  /** class of the converter, the transformation or the task */
  readonly className: string;
  readonly subject: SourceRecord | ConsumedRecord;
}

/** A step that can be tried again. */
export interface RetryableStep extends FailedStep {
  attempt(): void | Promise<void>;
}

/** The class that failed in stage KAFKA_PRODUCE and in stage TASK_PUT, as the reference names them. */
export const SOURCE_TASK_CLASS = 'org.apache.kafka.connect.runtime.WorkerSourceTask';
export const SINK_TASK_CLASS = 'org.apache.kafka.connect.sink.SinkTask';
