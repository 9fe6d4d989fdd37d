import type { Logger, TaskCounters } from '@tributary/observability';
import type { SourceTask } from '@tributary/connect-api';
import { CommitLog } from '../../commit-log.js';
import type { Activity } from '../../timing/activity.js';
import { within } from '../../timing/within.js';
import type { OffsetEntry } from '../offset-notes.js';
import type { OffsetTracker } from './offset-tracker.js';

export interface OffsetCommitterOptions {
  readonly tracker: OffsetTracker;
  readonly task: SourceTask;
  /** resolves when the offsets are safe */
  readonly write: (entries: readonly OffsetEntry[]) => Promise<void>;
  /** offset.flush.interval.ms */
  readonly intervalMs: number;
  /** offset.flush.timeout.ms */
  readonly timeoutMs: number;
  readonly counters: TaskCounters;
  readonly activity: Activity;
  readonly log: Logger;
}

/**
 * Commits source offsets every so often and at the end, one commit at a time, and tells the task after each. A commit
 * that fails is logged and made up for by the next: the records are in Kafka, only the memory of it is late.
 */
export class OffsetCommitter {
  private timer: NodeJS.Timeout | undefined;
  private last: Promise<void> = Promise.resolve();
  private readonly commits: CommitLog;

  constructor(private readonly options: OffsetCommitterOptions) {
    this.commits = new CommitLog('source offsets', options.log);
  }

  start(): void {
    this.timer = setTimeout(() => {
      void this.commit().then(() => {
        if (this.timer !== undefined) this.start();
      });
    }, this.options.intervalMs);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Resolves when all that was committable at the call is written, or could not be written. Never rejects. */
  commit(): Promise<void> {
    this.last = this.last.then(() => this.options.activity.during('commit', () => this.commitNow()));
    return this.last;
  }

  private async commitNow(): Promise<void> {
    const { tracker, write, timeoutMs, counters, task, log } = this.options;
    const entries = tracker.take();
    const began = performance.now();
    if (entries.length > 0) {
      try {
        await within(write(entries), timeoutMs, () => `no answer within offset.flush.timeout.ms (${timeoutMs} ms)`);
        this.commits.worked();
        counters.commits++;
        counters.commitMs += performance.now() - began;
      } catch (error) {
        tracker.putBack(entries);
        counters.commitFailures++;
        this.commits.failed(error);
        return;
      }
    }
    try {
      await task.commit?.();
    } catch (error) {
      log.error({ err: error }, "the task's commit() failed; its offsets are committed all the same");
    }
  }
}
