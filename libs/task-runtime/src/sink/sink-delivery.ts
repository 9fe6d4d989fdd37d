import { ConnectError, type SinkRecord, type SinkTask } from '@tributary/connect-api';
import type { Logger, TaskCounters } from '@tributary/observability';
import { isAbort } from '../timing/abort-error.js';
import type { Activity } from '../timing/activity.js';
import { isRetriable } from '../timing/retriable.js';
import type { PendingRecords } from './pending-records.js';
import type { SinkOffsets } from './sink-offsets.js';
import type { SinkPartitions } from './sink-partitions.js';
import type { SinkReports } from './sink-reports.js';

export interface SinkDeliveryOptions {
  readonly task: SinkTask;
  readonly pending: PendingRecords;
  readonly offsets: SinkOffsets;
  readonly partitions: Pick<SinkPartitions, 'setRedelivering'>;
  readonly reports: Pick<SinkReports, 'check' | 'ready' | 'putFailed'>;
  /** errors.put.isolation: whether the records that make `put` throw are looked for and left out */
  readonly isolates: boolean;
  readonly stopping: AbortSignal;
  readonly counters: TaskCounters;
  readonly activity: Activity;
  readonly log: Logger;
}

/**
 * Gives the task what was read. A batch for which `put` throws that it may be tried again stays pending. Any other error
 * fails the task, or, with isolation, the batch is halved again and again, its parts given to the task in their order,
 * until the records that it cannot take are alone; these are reported. Each part that is done is pending no more, so a
 * task that stops or wants to wait in between goes on behind it.
 */
export class SinkDelivery {
  private abandoned = false;

  constructor(private readonly options: SinkDeliveryOptions) {}

  /** Rejects where the task must fail. */
  async deliver(): Promise<void> {
    const { pending, offsets, partitions, counters } = this.options;
    const began = performance.now();
    const count = pending.records.length;
    if (!(await this.done(pending.records))) return;
    offsets.advance(pending.done());
    partitions.setRedelivering(false);
    if (count === 0) return;
    counters.batches++;
    counters.batchMs += performance.now() - began;
  }

  /** The task is cut off: what it still does is of no account. */
  abandon(): void {
    this.abandoned = true;
  }

  /** False: the records, or those that are still pending, have to come again. */
  private async done(records: SinkRecord[]): Promise<boolean> {
    const { task, reports, isolates, stopping, counters, activity } = this.options;
    try {
      await activity.during('put', () => task.put(records));
    } catch (error) {
      if (this.abandoned) return false;
      if (isRetriable(error)) return this.later(error);
      if (stopping.aborted && isAbort(error)) throw error;
      if (isolates && records.length > 0) return this.isolate(records, error);
      throw unrecoverable(error);
    }
    if (this.abandoned) return false;
    try {
      reports.check();
    } catch (error) {
      throw unrecoverable(error);
    }
    counters.recordsSent += records.length;
    return true;
  }

  private later(error: unknown): false {
    const { partitions, log } = this.options;
    log.error({ err: error }, 'the task could not take the records now; they are delivered again');
    partitions.setRedelivering(true);
    return false;
  }

  /** `records` are the first that are pending. */
  private async isolate(records: readonly SinkRecord[], error: unknown): Promise<boolean> {
    const { reports, pending, offsets, stopping, log } = this.options;
    const [only] = records;
    if (only !== undefined && records.length === 1) {
      await reports.ready();
      reports.putFailed(only, error);
      offsets.advance(pending.passed(1));
      return true;
    }
    log.debug({ err: error }, `the task could not take ${records.length} records; they are given to it in two parts`);
    const middle = Math.ceil(records.length / 2);
    for (const part of [records.slice(0, middle), records.slice(middle)]) {
      const before = pending.records.length;
      if (stopping.aborted || !(await this.done(part))) return false;
      const left = part.length - (before - pending.records.length);
      if (left > 0) offsets.advance(pending.passed(left));
    }
    return true;
  }
}

function unrecoverable(cause: unknown): ConnectError {
  return new ConnectError('Exiting WorkerSinkTask due to unrecoverable exception.', { cause });
}
