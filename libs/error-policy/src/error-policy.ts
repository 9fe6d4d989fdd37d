import { ConnectError } from '@tributary/connect-api';
import { loggerFor, type ErrorCounters } from '@tributary/observability';
import type { ErrorSettings } from './error-settings.js';
import { PendingReports } from './pending-reports.js';
import type { ErrorReporter } from './reporter.js';
import { retryDelay } from './retry-delay.js';
import { isRetriable, tolerable, type FailedStep, type RetryableStep } from './stages.js';
import { systemTimer, type Timer } from './timer.js';

const log = loggerFor('error-policy');

export interface ErrorPolicyOptions {
  readonly settings: ErrorSettings;
  readonly reporters: readonly ErrorReporter[];
  readonly counters: ErrorCounters;
  /** aborted when the task is asked to stop; wakes a waiting retry */
  readonly signal: AbortSignal;
  readonly timer?: Timer;
  /** from 0 to below 1 */
  readonly random?: () => number;
}

/**
 * Decides what an error in a task's pipeline does: the step is tried again, or the record is left out and reported, or
 * the task fails. It is asked only after something was thrown, so a task without errors does not pay for it.
 *
 * Only a retriable error is tried again, until errors.retry.timeout has passed since the first failure. After that, as
 * after any other error, every reporter hears of the record once, tolerated or not; then errors.tolerance decides.
 *
 * A record is left out only if it can be found again: where a report is not safe, {@link check} and {@link reportsDone}
 * throw, so that the task fails before an offset beyond the record is committed.
 */
export class ErrorPolicy {
  readonly #options: ErrorPolicyOptions;
  readonly #timer: Timer;
  readonly #random: () => number;
  readonly #reports: PendingReports;

  constructor(options: ErrorPolicyOptions) {
    this.#options = options;
    this.#timer = options.timer ?? systemTimer;
    this.#random = options.random ?? Math.random;
    this.#reports = new PendingReports(options.signal);
  }

  /** errors.tolerance=all */
  get tolerant(): boolean {
    return this.#options.settings.tolerant;
  }

  /** Whether anybody hears of failed records. */
  get reports(): boolean {
    return this.#options.reporters.length > 0;
  }

  /**
   * `error` is what the first attempt threw. Resolves to true when a later attempt succeeded, to false when the record
   * is to be left out; rejects when the task must fail, and with an {@link UndecidedRecordError} when it was asked to
   * stop before that was known.
   */
  async recover(step: RetryableStep, error: unknown): Promise<boolean> {
    const failed = await this.#retry(step, error);
    if (failed === undefined) return true;
    await this.#giveUp(step, failed.error);
    return false;
  }

  /**
   * For an error that was met elsewhere and cannot be tried again: by the producer, by the sink task itself. Resolves
   * when the reports are safe, rejects if one is not; nobody needs to look, as {@link check} finds it too. Where errors
   * are not tolerated it throws at once, with the reports on their way. Where they are, it is a failure, but neither an
   * error nor skipped, as the reference counts.
   */
  report(step: FailedStep, error: unknown): Promise<void> {
    this.#countGivenUp();
    const reported = this.#reports.add(this.#tellReporters(step, error));
    reported.catch(() => undefined);
    if (this.tolerant) return reported;
    this.#options.counters.recordErrors++;
    throw toleranceExceeded(error);
  }

  /** Throws where a report is known not to be safe: the task must fail. */
  check(): void {
    this.#reports.check();
  }

  /** Resolves when there is room for more reports, or the task is to stop. */
  async room(): Promise<void> {
    await this.#reports.room();
  }

  /** Resolves when every report made so far is safe, throws as {@link check}. To be awaited before offsets are committed. */
  reportsDone(): Promise<void> {
    return this.#reports.done();
  }

  /** undefined: an attempt succeeded. */
  async #retry(step: RetryableStep, first: unknown): Promise<{ error: unknown } | undefined> {
    const { settings, counters, signal } = this.#options;
    const { retryTimeoutMs, retryDelayMaxMs } = settings;
    const deadline = retryTimeoutMs < 0 ? Infinity : this.#timer.now() + retryTimeoutMs;
    let error = first;
    for (let attempt = 1; ; attempt++) {
      if (!isRetriable(error)) return { error };
      counters.recordFailures++;
      const remainingMs = deadline - this.#timer.now();
      if (remainingMs <= 0) return { error };
      log.debug(
        { stage: step.stage, class: step.className, attempt, err: error },
        'trying again after a retriable error',
      );
      await this.#timer.sleep(retryDelay(attempt, retryDelayMaxMs, remainingMs, this.#random), signal);
      counters.retries++;
      if (signal.aborted) throw new UndecidedRecordError(step, error);
      try {
        await step.attempt();
        return undefined;
      } catch (thrown) {
        error = thrown;
      }
    }
  }

  async #giveUp(step: RetryableStep, error: unknown): Promise<void> {
    const { counters } = this.#options;
    this.#countGivenUp();
    counters.recordErrors++;
    const reported = this.#reports.add(this.#tellReporters(step, error));
    reported.catch((cause: unknown) => {
      log.error({ stage: step.stage, err: cause }, 'a record that failed could not be reported');
    });
    if (this.tolerant && tolerable(step.stage, error)) {
      if (!(await this.#reports.room())) throw new UndecidedRecordError(step, error);
      counters.recordsSkipped++;
      return;
    }
    if (!(await this.#reports.settled(reported))) throw new UndecidedRecordError(step, error);
    if (tolerable(step.stage, error)) throw toleranceExceeded(error);
    throw new ConnectError('Unhandled exception in error handler', { cause: error });
  }

  /** Rejects with the first reporter's error, after all are done. */
  async #tellReporters({ stage, className, subject }: FailedStep, error: unknown): Promise<void> {
    const { reporters } = this.#options;
    const failure = { stage, className, subject, error };
    const [only] = reporters;
    if (only === undefined) return;
    if (reporters.length === 1) return only.report(failure);
    const results = await Promise.allSettled(reporters.map(async (reporter) => reporter.report(failure)));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  /** A failure of its own, as the reference counts: one that was the last of several attempts counts twice. */
  #countGivenUp(): void {
    const { counters } = this.#options;
    counters.recordFailures++;
    counters.lastErrorMs = this.#timer.now();
  }
}

/** What a task fails with that does not tolerate `cause`. */
function toleranceExceeded(cause: unknown): ConnectError {
  return new ConnectError('Tolerance exceeded in error handler', { cause });
}

/**
 * Thrown when the task was asked to stop while a step waited to be tried again, or the record's report to be safe. The
 * record is neither done nor given up: its offset must not be committed, so that the task meets it again when it runs next.
 */
export class UndecidedRecordError extends ConnectError {
  constructor(step: FailedStep, cause: unknown) {
    super(`stopped before a record's failure in stage ${step.stage} was dealt with`, { cause });
  }
}
