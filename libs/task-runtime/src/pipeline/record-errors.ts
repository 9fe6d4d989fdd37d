import type { SourceRecord } from '@tributary/connect-api';
import type { IncomingRecord } from '@tributary/kafka-client';

export type ConversionStage = 'TRANSFORMATION' | 'KEY_CONVERTER' | 'VALUE_CONVERTER' | 'HEADER_CONVERTER';

/** One operation on one record, as errors.* judges it. */
export interface RecordOperation {
  readonly stage: ConversionStage;
  /** class of the converter or transformation at work */
  readonly className: string;
  readonly subject: SourceRecord | IncomingRecord;
  /** tries once more */
  attempt(): void;
}

/** What the pipelines ask of the error policy; only ever asked when something was thrown. */
export interface RecordErrors {
  /**
   * `error` is what the first attempt threw. Resolves to true when a later attempt succeeded, to false when the record
   * is to be skipped; rejects when the task must fail.
   */
  recover(operation: RecordOperation, error: unknown): Promise<boolean>;
}

/** Those who are told of failed records, as a whole. */
export interface TaskReporters {
  /** Before the task starts. Rejects where records that fail would be lost. */
  open(): Promise<void>;
  /** Waits up to `timeoutMs` for reports that are not safe yet; none is written after that. Idempotent. */
  close(timeoutMs: number): Promise<void>;
}

/** Runs `operation` for the first time and lets the policy decide about what it throws. */
export async function attemptOrRecover(errors: RecordErrors, operation: RecordOperation): Promise<boolean> {
  try {
    operation.attempt();
    return true;
  } catch (error) {
    return errors.recover(operation, error);
  }
}
