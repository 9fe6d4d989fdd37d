import { setTimeout as delay } from 'node:timers/promises';

/** First and longest pause between attempts, milliseconds; the reference's for task configs. */
const FIRST_MS = 250;
const LONGEST_MS = 60_000;

export interface RetryOptions {
  /** gives up: the promise rejects with its reason */
  readonly signal: AbortSignal;
  readonly retriable: (error: unknown) => boolean;
  /** called before each pause */
  readonly failed: (error: unknown, pauseMs: number) => void;
  /** for tests */
  readonly pause?: (ms: number) => Promise<void>;
}

/** What `work` gives at last; pauses between attempts, each twice as long as the one before up to a minute. */
export async function retrying<T>(work: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { signal, retriable, failed } = options;
  // An aborted pause rejects with a reason of Node's own; the loop's check gives the caller's.
  const pause = options.pause ?? ((ms) => delay(ms, undefined, { signal }).catch(() => undefined));
  for (let pauseMs = FIRST_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_MS)) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (!retriable(error)) throw error;
      failed(error, pauseMs);
    }
    await pause(pauseMs);
  }
}
