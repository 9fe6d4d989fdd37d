import type { SinkTask, TopicPartition, TopicPartitionOffset } from '@tributary/connect-api';
import type { Consumer } from '@tributary/kafka-client';
import type { Logger, TaskCounters } from '@tributary/observability';
import { CommitLog } from '../commit-log.js';
import { within } from '../timing/within.js';
import type { SinkOffsets } from './sink-offsets.js';

export interface SinkCommitterOptions {
  readonly task: SinkTask;
  readonly consumer: Consumer;
  readonly offsets: SinkOffsets;
  /** resolves when what the task reported as undeliverable is safe */
  readonly reportsDone: () => Promise<void>;
  /** offset.flush.timeout.ms */
  readonly timeoutMs: number;
  readonly counters: TaskCounters;
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
   * given since the last commit must come again. A commit that Kafka refuses is logged and made up for by the next.
   */
  async commit(partitions: readonly TopicPartition[]): Promise<boolean> {
    const { task, offsets, counters, log } = this.options;
    const current = offsets.current(partitions);
    const began = performance.now();
    let wanted: readonly TopicPartitionOffset[];
    try {
      await this.options.reportsDone();
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
