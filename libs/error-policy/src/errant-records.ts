import type { ErrantRecordReporter, SinkRecord } from '@tributary/connect-api';
import { toleranceExceeded, type ErrorPolicy } from './error-policy.js';
import { SINK_TASK_CLASS, type ConsumedRecord } from './stages.js';

/** The record that a sink record was made from. Throws where it cannot be told. */
export type OriginalOf = (record: SinkRecord) => ConsumedRecord;

/**
 * The reporter that a sink task is given for records that it cannot deliver itself. Where errors are not tolerated, the
 * task fails after its `put` even if it ignores that `report` rejected.
 */
export class ErrantRecords implements ErrantRecordReporter {
  #refused: { readonly error: unknown } | undefined;

  constructor(
    private readonly policy: ErrorPolicy,
    private readonly originalOf: OriginalOf,
  ) {}

  report(record: SinkRecord, error: unknown): Promise<void> {
    const reported = this.#report(record, error);
    // A task need not look at it: what is refused is found by check, what is lost by the policy.
    reported.catch(() => undefined);
    return reported;
  }

  /** To be called after each `put`: throws where a report was refused, or made although errors are not tolerated. */
  check(): void {
    if (this.#refused) throw this.#refused.error;
  }

  async #report(record: SinkRecord, error: unknown): Promise<void> {
    const { policy } = this;
    const step = { stage: 'TASK_PUT', className: SINK_TASK_CLASS, subject: this.#original(record) } as const;
    if (!policy.tolerant) this.#refused ??= { error: toleranceExceeded(error) };
    await policy.report(step, error);
  }

  #original(record: SinkRecord): ConsumedRecord {
    try {
      return this.originalOf(record);
    } catch (error) {
      this.#refused ??= { error };
      throw error;
    }
  }
}
