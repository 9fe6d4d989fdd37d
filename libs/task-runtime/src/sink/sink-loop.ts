import type { Props, SinkTask } from '@tributary/connect-api';
import type { Consumer } from '@tributary/kafka-client';
import type { Logger, TaskCounters } from '@tributary/observability';
import type { TaskReporters } from '../pipeline/record-errors.js';
import type { TaskEvents, TaskLoop } from '../task-loop.js';
import type { TopicUse } from '../source/topic-use.js';
import { isAbort } from '../timing/abort-error.js';
import type { Activity } from '../timing/activity.js';
import { versionOf } from '../task-loop.js';
import { nextTurn } from '../timing/within.js';
import type { PendingRecords } from './pending-records.js';
import type { SinkCommitter } from './sink-committer.js';
import type { SinkContext } from './sink-context.js';
import type { SinkDelivery } from './sink-delivery.js';
import type { SinkOffsets } from './sink-offsets.js';
import type { SinkPartitions } from './sink-partitions.js';
import type { SinkPipeline } from './sink-pipeline.js';
import type { SinkReports } from './sink-reports.js';

export interface SinkLoopOptions {
  readonly task: SinkTask;
  readonly props: Props;
  readonly topics: readonly string[] | RegExp;
  readonly consumer: Consumer;
  readonly pipeline: SinkPipeline;
  readonly offsets: SinkOffsets;
  readonly pending: PendingRecords;
  readonly partitions: SinkPartitions;
  readonly committer: SinkCommitter;
  readonly context: SinkContext;
  readonly topicUse: TopicUse;
  readonly stopping: AbortController;
  readonly events: TaskEvents;
  readonly counters: TaskCounters;
  readonly activity: Activity;
  readonly paused: boolean;
  /** nobody else has the consumer's client id, so a member of the group with it is an earlier run of this task */
  readonly ownClientId: boolean;
  /** offset.flush.interval.ms */
  readonly commitIntervalMs: number;
  readonly delivery: SinkDelivery;
  readonly reports: Pick<SinkReports, 'ready'>;
  readonly reporters: TaskReporters;
  /** how long the last reports of failed records may take to be safe, milliseconds */
  readonly lastReportsMs: number;
  /** closes transforms, predicates and what else the task was built from */
  readonly release: () => Promise<void>;
  readonly now: () => number;
  readonly log: Logger;
}

/**
 * poll -> converters -> transforms -> put, again and again, with a commit now and then. A batch that the task could not
 * take comes again before anything is read on. However it ends, what the task says is durable is committed.
 */
export class SinkLoop implements TaskLoop {
  private nextCommit = 0;
  private pauseWanted: boolean;
  private started = false;
  private startTried = false;
  private abandoned = false;

  constructor(private readonly options: SinkLoopOptions) {
    this.pauseWanted = options.paused;
    options.stopping.signal.addEventListener('abort', () => options.consumer.wakeup());
  }

  get version(): string | null {
    return versionOf(this.options.task);
  }

  async start(): Promise<void> {
    const { task, props, consumer, topics, partitions, ownClientId, reporters } = this.options;
    await reporters.open();
    if (this.stopped) return;
    this.startTried = true;
    await task.start(props);
    if (ownClientId) await consumer.removeNamesakes();
    consumer.subscribe(topics, partitions);
    this.started = true;
  }

  sample(): void {
    const { counters, consumer, offsets } = this.options;
    counters.partitions = consumer.assignment().length;
    counters.recordsActive = offsets.uncommitted;
  }

  setPaused(paused: boolean): void {
    this.pauseWanted = paused;
    this.options.consumer.wakeup();
  }

  stop(): void {
    this.options.stopping.abort();
  }

  async run(): Promise<void> {
    try {
      if (this.started) await this.loop();
    } finally {
      await this.finish();
    }
  }

  async abandon(): Promise<void> {
    this.abandoned = true;
    this.options.partitions.abandon();
    this.options.delivery.abandon();
    this.stop();
    await Promise.all([this.options.consumer.close(), this.options.reporters.close(0)]);
  }

  private get stopped(): boolean {
    return this.options.stopping.signal.aborted;
  }

  private async loop(): Promise<void> {
    const { commitIntervalMs, context, now, log } = this.options;
    this.nextCommit = now() + commitIntervalMs;
    let paused: boolean | undefined;
    while (!this.stopped) {
      if (this.pauseWanted !== paused) {
        paused = this.switchTo(this.pauseWanted);
      }
      if (context.commitRequested || now() >= this.nextCommit) await this.commit();
      this.seek();
      await this.options.reports.ready();
      try {
        await this.pollAndPut();
      } catch (error) {
        if (this.stopped && isAbort(error)) {
          log.debug({ err: error }, 'put() ended with an error when it was asked to stop');
          return;
        }
        throw error;
      }
      await nextTurn();
    }
  }

  private switchTo(paused: boolean): boolean {
    const { partitions, context, events } = this.options;
    partitions.setPaused(paused);
    if (paused) context.requestCommit();
    events.stateChanged(paused ? 'PAUSED' : 'RUNNING');
    return paused;
  }

  private async commit(): Promise<void> {
    const { committer, consumer, offsets, context, pending, partitions, commitIntervalMs, now, log } = this.options;
    context.commitRequested = false;
    this.nextCommit = now() + commitIntervalMs;
    const assignment = consumer.assignment();
    if (await committer.commit(assignment)) return;
    log.warn('reading on from the last committed offsets');
    pending.drop(assignment);
    partitions.setRedelivering(false);
    for (const position of offsets.rewind(assignment)) consumer.seek(position);
  }

  private seek(): void {
    const { context, consumer, offsets, pending, partitions } = this.options;
    const seeks = context.takeSeeks();
    if (seeks.length === 0) return;
    for (const position of seeks) {
      consumer.seek(position);
      offsets.assign(position);
    }
    pending.drop(seeks);
    if (pending.records.length === 0) partitions.setRedelivering(false);
  }

  private async pollAndPut(): Promise<void> {
    const { consumer, pipeline, pending, partitions, topicUse, counters, activity } = this.options;
    const records = await consumer.poll(this.pollTimeout());
    if (partitions.failure !== undefined) throw partitions.failure.error;
    if (this.stopped) return;
    if (records.length > 0) {
      counters.recordsRead += records.length;
      const unknown = topicUse.unknownIn(records);
      await activity.during('process', async () => {
        if (unknown.length > 0) await topicUse.prepare(unknown);
        await pipeline.process(records, pending.records);
      });
      pending.reached(records);
    }
    await this.options.delivery.deliver();
  }

  private pollTimeout(): number {
    const { context, now } = this.options;
    const untilCommit = Math.max(0, this.nextCommit - now());
    const retryAfter = context.retryAfterMs;
    context.retryAfterMs = undefined;
    return retryAfter === undefined || retryAfter < 0 ? untilCommit : Math.min(untilCommit, retryAfter);
  }

  /** Each part is done whatever happened to the others. */
  private async finish(): Promise<void> {
    const { partitions, task, consumer, reporters, lastReportsMs, release, log } = this.options;
    const attempt = async (what: string, work: () => unknown): Promise<void> => {
      try {
        await work();
      } catch (error) {
        log.error({ err: error }, `${what} failed while the task was stopping`);
      }
    };
    if (this.started && !this.abandoned) await attempt('closing the partitions', () => partitions.end());
    if (this.startTried) await attempt("the task's stop()", () => task.stop());
    await attempt('closing the consumer', () => consumer.close());
    await attempt('closing the reporters of failed records', () => reporters.close(lastReportsMs));
    await attempt('releasing the plugins', release);
  }
}
