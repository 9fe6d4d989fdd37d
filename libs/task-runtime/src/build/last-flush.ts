import type { WorkerConfig } from '@tributary/config-schemas';

/** part of the time to stop in which the last records may be acknowledged; the rest is for committing their offsets */
const FLUSH_SHARE = 0.6;

/** How long the last that a task wrote may take to be safe, milliseconds. */
export function lastFlushMs(worker: WorkerConfig): number {
  return Math.min(worker.int('offset.flush.timeout.ms'), worker.int('task.shutdown.graceful.timeout.ms') * FLUSH_SHARE);
}
