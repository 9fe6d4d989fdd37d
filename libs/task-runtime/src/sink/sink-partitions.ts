import type { SinkTask, TopicPartition } from '@tributary/connect-api';
import type { Consumer, RebalanceListener } from '@tributary/kafka-client';
import type { Activity } from '../timing/activity.js';
import { Gate } from '../timing/gate.js';
import type { PendingRecords } from './pending-records.js';
import type { SinkCommitter } from './sink-committer.js';
import type { SinkContext } from './sink-context.js';
import type { SinkOffsets } from './sink-offsets.js';
import { partitionName } from './sink-offsets.js';

export interface SinkPartitionsOptions {
  readonly task: SinkTask;
  readonly consumer: Consumer;
  readonly offsets: SinkOffsets;
  readonly pending: PendingRecords;
  readonly committer: SinkCommitter;
  readonly context: SinkContext;
  readonly activity: Activity;
}

/**
 * The partitions that a sink task owns, from `open` to `close`, and which of them rest. Listens to rebalances; an error
 * of the task in one of them is kept in `failure`, because the rebalance itself must go on.
 */
export class SinkPartitions implements RebalanceListener {
  failure: { readonly error: unknown } | undefined;
  /** all rest: the user paused the connector */
  private paused = false;
  /** all rest: the task could not take a batch and gets it again */
  private redelivering = false;
  private ended = false;
  private readonly abandoned = new Gate();

  constructor(private readonly options: SinkPartitionsOptions) {}

  async assigned(partitions: readonly TopicPartition[]): Promise<void> {
    if (this.ended || partitions.length === 0) return;
    await this.keepFailure(async () => {
      const { consumer, offsets, task, activity } = this.options;
      for (const { topic, partition } of partitions) {
        offsets.assign({ topic, partition, offset: consumer.position({ topic, partition }) });
      }
      this.rest();
      await activity.during('open', () => task.open?.(partitions));
    });
  }

  async revoked(partitions: readonly TopicPartition[]): Promise<void> {
    if (this.ended || partitions.length === 0) return;
    await this.keepFailure(() => this.release(partitions, true));
  }

  async lost(partitions: readonly TopicPartition[]): Promise<void> {
    if (this.ended || partitions.length === 0) return;
    await this.keepFailure(() => this.release(partitions, false));
  }

  /** Commits and closes all that is owned; later rebalances are none of the task's business. */
  async end(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    const partitions = this.options.consumer.assignment();
    if (partitions.length > 0) await this.release(partitions, true);
  }

  /** No more calls of the task; a rebalance that waits for one goes on. */
  abandon(): void {
    this.ended = true;
    this.abandoned.open();
  }

  setPaused(paused: boolean): void {
    this.paused = paused;
    this.rest();
  }

  setRedelivering(redelivering: boolean): void {
    if (this.redelivering === redelivering) return;
    this.redelivering = redelivering;
    this.rest();
  }

  /** Makes the consumer pause what must rest now, and nothing else. */
  rest(): void {
    const { consumer, context } = this.options;
    const all = this.paused || this.redelivering;
    const resting: TopicPartition[] = [];
    const flowing: TopicPartition[] = [];
    for (const partition of consumer.assignment()) {
      (all || context.resting.has(partitionName(partition)) ? resting : flowing).push(partition);
    }
    consumer.pause(resting);
    consumer.resume(flowing);
  }

  private async release(partitions: readonly TopicPartition[], ours: boolean): Promise<void> {
    const { task, offsets, pending, committer, context, activity } = this.options;
    pending.drop(partitions);
    if (pending.records.length === 0) this.redelivering = false;
    try {
      try {
        if (ours) await committer.commit(partitions);
      } finally {
        await activity.during('close', () => task.close?.(partitions));
      }
    } finally {
      offsets.remove(partitions);
      context.forget(partitions);
    }
  }

  private async keepFailure(work: () => Promise<void>): Promise<void> {
    try {
      await Promise.race([work(), this.abandoned.wait()]);
    } catch (error) {
      this.failure ??= { error };
    }
  }
}
