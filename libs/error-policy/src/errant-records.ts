import type { ErrantRecordReporter, SinkRecord } from '@tributary/connect-api';
import type { ErrorPolicy } from './error-policy.js';
import { SINK_TASK_CLASS, type ConsumedRecord } from './stages.js';

/** The record that a sink record was made from. */
export type OriginalOf = (record: SinkRecord) => ConsumedRecord;

/**
 * The reporter that a sink task is given for records that it cannot deliver itself. Where errors are not tolerated, the
 * task fails after its `put` even if it ignores that `report` rejected.
 */
export class ErrantRecords implements ErrantRecordReporter {
  readonly #pending = new Set<Promise<void>>();
  #failed: { readonly error: unknown } | undefined;

  constructor(
    private readonly policy: ErrorPolicy,
    private readonly originalOf: OriginalOf,
  ) {}

  report(record: SinkRecord, error: unknown): Promise<void> {
    const step = { stage: 'TASK_PUT', className: SINK_TASK_CLASS, subject: this.originalOf(record) } as const;
    const reported = this.policy.report(step, error);
    const settled: Promise<void> = reported.catch((thrown: unknown) => {
      this.#failed ??= { error: thrown };
    });
    this.#pending.add(settled);
    void settled.then(() => this.#pending.delete(settled));
    return reported;
  }

  /** To be called after each `put`, and after {@link done}: throws what makes the task fail. */
  check(): void {
    if (this.#failed) throw this.#failed.error;
  }

  /** Resolves when every report made so far has ended. To be awaited before offsets are committed. */
  async done(): Promise<void> {
    await Promise.all(this.#pending);
  }
}
