import type { SinkTask, TopicPartition, TopicPartitionOffset } from '@tributary/connect-api';
import type { Consumer } from '@tributary/kafka-client';
import type { Logger, TaskCounters } from '@tributary/observability';
import { CommitLog } from '../commit-log.js';
import type { Activity } from '../timing/activity.js';
import { TimeoutError, within } from '../timing/within.js';
import type { SinkOffsets } from './sink-offsets.js';
import type { SinkReports } from './sink-reports.js';

export interface SinkCommitterOptions {
  readonly task: SinkTask;
  readonly consumer: Consumer;
  readonly offsets: SinkOffsets;
  readonly reports: Pick<SinkReports, 'done'>;
  /** how long reports of failed records may take to be safe, milliseconds */
  readonly reportsMs: number;
  /** offset.flush.timeout.ms */
  readonly timeoutMs: number;
  readonly counters: TaskCounters;
  readonly activity: Activity;
  readonly log: Logger;
}

/** Asks the task how much is durable and commits that much of it. */
export class SinkCommitter {
  private readonly commits: CommitLog;

  constructor(private readonly options: SinkCommitterOptions) {
    this.commits = new CommitLog('consumer offsets', options.log);
  }

  /**
   * Commits these partitions' offsets. Resolves to false where the task could not say what is durable: what it was
   * given since the last commit must come again. A commit that Kafka refuses, or that reports of failed records are too
   * late for, is logged and made up for by the next. Rejects where such a report makes the task fail.
   */
  commit(partitions: readonly TopicPartition[]): Promise<boolean> {
    return this.options.activity.during('commit', () => this.commitNow(partitions));
  }

  private async commitNow(partitions: readonly TopicPartition[]): Promise<boolean> {
    const { task, offsets, counters, log } = this.options;
    const current = offsets.current(partitions);
    const began = performance.now();
    if (!(await this.reported())) return true;
    let wanted: readonly TopicPartitionOffset[];
    try {
      wanted = await preCommit(task, current);
    } catch (error) {
      counters.commitFailures++;
      log.error({ err: error }, "the task's preCommit() failed; nothing is committed");
      return false;
    }
    const { commit, refused } = offsets.select(wanted, partitions);
    for (const { topic, partition, offset, why } of refused) {
      log.warn(`ignoring offset ${offset} that the task gave for ${topic}-${partition}: ${WHY[why]}`);
    }
    if (commit.length > 0) await this.write(commit, began);
    return true;
  }

  /** False: a report is not safe yet, and what it is about must not be committed. */
  private async reported(): Promise<boolean> {
    const { reports, reportsMs, counters } = this.options;
    const late = (): string => `reports of failed records were not safe within ${reportsMs} ms`;
    try {
      await within(reports.done(), reportsMs, late);
      return true;
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
      counters.commitFailures++;
      this.commits.failed(error);
      return false;
    }
  }

  private async write(commit: readonly TopicPartitionOffset[], began: number): Promise<void> {
    const { consumer, offsets, counters, timeoutMs } = this.options;
    try {
      const late = (): string => `no answer within offset.flush.timeout.ms (${timeoutMs} ms)`;
      await within(consumer.commit(commit), timeoutMs, late);
      offsets.markCommitted(commit);
      this.commits.worked();
      counters.commits++;
      counters.commitMs += performance.now() - began;
    } catch (error) {
      counters.commitFailures++;
      this.commits.failed(error);
    }
  }
}

const WHY = {
  'not assigned': 'the partition is not assigned to this task',
  'not consumed': 'the record before it has not been delivered',
} as const;

async function preCommit(
  task: SinkTask,
  current: readonly TopicPartitionOffset[],
): Promise<readonly TopicPartitionOffset[]> {
  if (task.preCommit !== undefined) return task.preCommit(current);
  await task.flush?.(current);
  return current;
}
