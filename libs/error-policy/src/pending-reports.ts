import { ConnectError, referenceClassOf } from '@tributary/connect-api';

/** As many reports may wait to be safe before records that fail have to wait too. */
const MOST_PENDING = 1_000;

/** The reports of failed records that are on their way, and whether one was lost. */
export class PendingReports {
  readonly #pending = new Set<Promise<unknown>>();
  #lost: { readonly error: unknown } | undefined;

  /** `stopping`: aborted when the task is asked to stop; ends every wait for single reports */
  constructor(
    private readonly stopping: AbortSignal,
    private readonly mostPending = MOST_PENDING,
  ) {}

  /** Returns the same report. */
  add(report: Promise<void>): Promise<void> {
    const settled = report.catch((error: unknown) => {
      this.#lost ??= { error };
    });
    this.#pending.add(settled);
    void settled.then(() => this.#pending.delete(settled));
    return report;
  }

  /** Throws where a report was lost. */
  check(): void {
    if (this.#lost !== undefined) throw lostReport(this.#lost.error);
  }

  /** Resolves when every report made so far is safe; throws as {@link check}. */
  async done(): Promise<void> {
    await Promise.all(this.#pending);
    this.check();
  }

  /** Waits until there is room for one more; false: the task is to stop first. */
  async room(): Promise<boolean> {
    while (this.#pending.size >= this.mostPending) {
      if (!(await this.settled(Promise.race(this.#pending)))) return false;
    }
    return true;
  }

  /** Waits until the report is safe or lost; false: the task is to stop first. */
  settled(report: Promise<unknown>): Promise<boolean> {
    const { stopping } = this;
    return new Promise((resolve) => {
      const stopped = (): void => resolve(false);
      const over = (): void => {
        stopping.removeEventListener('abort', stopped);
        resolve(true);
      };
      report.then(over, over);
      if (stopping.aborted) stopped();
      else stopping.addEventListener('abort', stopped, { once: true });
    });
  }
}

/** The first line is the reference's for a report of a sink task that Kafka refused. */
function lostReport(error: unknown): ConnectError {
  const reason = error instanceof Error ? (error.cause ?? error) : error;
  const message = reason instanceof Error ? reason.message : String(reason);
  return new ConnectError(`java.util.concurrent.ExecutionException: ${referenceClassOf(reason)}: ${message}`, {
    cause: error,
  });
}
