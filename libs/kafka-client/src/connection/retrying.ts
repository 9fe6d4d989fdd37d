import { KafkaError } from '../errors.js';
import { backoffMs } from './backoff.js';
import { delay } from './delay.js';
import type { KafkaConnection } from './kafka-connection.js';

export interface RetryOptions {
  /** what is tried, for the message: `creating topic t` */
  readonly what: string;
  readonly timeoutMs: number;
  /** how long to wait after an error, in ms; by default as `retry.backoff.ms` says */
  readonly pauseMs?: (error: KafkaError, failures: number) => number;
  /** tells whether another attempt makes sense; by default the error knows */
  readonly retriable?: (error: KafkaError) => boolean;
}

/** Tries until it works, fails for good or the time is over; the last error is then the cause. */
export async function retrying<T>(
  connection: KafkaConnection,
  options: RetryOptions,
  attempt: () => Promise<T>,
): Promise<T> {
  const { retryBackoffMs, retryBackoffMaxMs } = connection.settings;
  const deadline = Date.now() + options.timeoutMs;
  for (let failures = 1; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof KafkaError) || connection.closed) throw error;
      if (!(options.retriable?.(error) ?? error.retriable)) throw error;
      const pause = options.pauseMs?.(error, failures) ?? backoffMs(failures, retryBackoffMs, retryBackoffMaxMs);
      if (Date.now() + pause > deadline) {
        throw KafkaError.timeout(`${options.what}: not done within ${options.timeoutMs} ms: ${error.message}`, error);
      }
      await delay(pause, connection.closeSignal);
    }
  }
}
