/** What a task tells while it runs. */
export interface TaskEvents {
  /** The task took up work, or rests. Not called before the task's `start` is done. */
  stateChanged(state: 'RUNNING' | 'PAUSED'): void;
}

/**
 * A task at work. Life: `start`, then `run`, which ends when `stop` was called or something failed; its clean-up, the
 * last commit of offsets included, is part of `run`.
 */
export interface TaskLoop {
  /** Starts the task. Rejects where it cannot; `run` must be called all the same, to clean up. */
  start(): Promise<void>;
  /** Resolves when the task was stopped; rejects with what made it fail, when all is cleaned up. */
  run(): Promise<void>;
  setPaused(paused: boolean): void;
  /** Asks for the end; `run` tells when it has come. */
  stop(): void;
  /** Cuts off a task that does not end: its clients are closed, nothing it still does reaches Kafka. */
  abandon(): Promise<void>;
  /** Brings those counters up to date that are not kept so all the time. */
  sample(): void;
  /** the task's own version; null where it does not say */
  readonly version: string | null;
}

/** A task that cannot say its version runs all the same. */
export function versionOf(task: { version(): string }): string | null {
  try {
    return task.version() ?? null;
  } catch {
    return null;
  }
}
