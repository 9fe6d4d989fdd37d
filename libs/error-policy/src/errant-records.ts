import type { ErrantRecordReporter, SinkRecord } from '@tributary/connect-api';
import type { ErrorPolicy } from './error-policy.js';
import { SINK_TASK_CLASS, type ConsumedRecord } from './stages.js';

/** The record that a sink record was made from. Throws where it cannot be told. */
export type OriginalOf = (record: SinkRecord) => ConsumedRecord;

/**
 * The reporter that a sink task is given for records that it cannot deliver itself. A task that swallows what `report`
 * throws goes on, as in the reference, for the record is safe where it was reported to; but not behind a record that
 * cannot be told.
 */
export class ErrantRecords implements ErrantRecordReporter {
  #untold: { readonly error: unknown } | undefined;

  constructor(
    private readonly policy: ErrorPolicy,
    private readonly originalOf: OriginalOf,
  ) {}

  report(record: SinkRecord, error: unknown): Promise<void> {
    const subject = this.#original(record);
    return this.policy.report({ stage: 'TASK_PUT', className: SINK_TASK_CLASS, subject }, error);
  }

  /** Throws where a record was to be reported that cannot be told: the task must fail. */
  check(): void {
    if (this.#untold) throw this.#untold.error;
  }

  #original(record: SinkRecord): ConsumedRecord {
    try {
      return this.originalOf(record);
    } catch (error) {
      this.#untold ??= { error };
      throw error;
    }
  }
}
