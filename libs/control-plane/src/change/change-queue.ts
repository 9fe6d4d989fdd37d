import { Stages, within } from './stages.js';
import type { Now } from './stages.js';

/** How long a request waits for its answer, milliseconds; the reference's. */
export const REQUEST_LIMIT_MS = 90_000;

/**
 * Does changes of the cluster's state one at a time, in the order in which they were asked for, so that each finds the
 * outcome of the one before. An answer is given up after a limit that covers the wait in the queue; the change still
 * happens when its turn comes.
 */
export class ChangeQueue {
  readonly #stages: Stages;
  #tail: Promise<unknown> = Promise.resolve();
  #closed: Error | undefined;
  #close: (reason: Error) => void = () => undefined;
  readonly #closing: Promise<never>;

  constructor(
    now: Now = Date.now,
    private readonly limitMs = REQUEST_LIMIT_MS,
  ) {
    this.#stages = new Stages(now);
    this.#closing = new Promise<never>((_, reject) => (this.#close = reject));
    this.#closing.catch(() => undefined);
  }

  /** `stage` continues `The worker is currently `; see {@link Stages}. Rejects with the reason of `close` once closed. */
  run<T>(stage: string, change: (stages: Stages) => Promise<T>, limitMs = this.limitMs): Promise<T> {
    const done = this.#enqueue(stage, change);
    return within(limitMs, this.#stages, Promise.race([done, this.#closing]));
  }

  /** As `run`, for work that the herder itself wants done: waits for as long as it takes. */
  runUnbounded<T>(stage: string, change: (stages: Stages) => Promise<T>): Promise<T> {
    return Promise.race([this.#enqueue(stage, change), this.#closing]);
  }

  /** Everything that waits, and everything asked for later, is refused with `reason`. */
  close(reason: Error): void {
    if (this.#closed !== undefined) return;
    this.#closed = reason;
    this.#close(reason);
  }

  #enqueue<T>(stage: string, change: (stages: Stages) => Promise<T>): Promise<T> {
    const done = this.#tail.then(() => {
      if (this.#closed !== undefined) throw this.#closed;
      return this.#stages.during(stage, () => change(this.#stages));
    });
    this.#tail = done.catch(() => undefined);
    return done;
  }
}
