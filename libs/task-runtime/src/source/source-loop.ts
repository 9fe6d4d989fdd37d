import type { SourceRecord, SourceTask } from '@tributary/connect-api';
import type { Logger, TaskCounters } from '@tributary/observability';
import type { TaskReporters } from '../pipeline/record-errors.js';
import type { TaskEvents, TaskLoop } from '../task-loop.js';
import type { Activity } from '../timing/activity.js';
import { Gate } from '../timing/gate.js';
import { IdlePace } from '../timing/idle-pace.js';
import { isRetriable } from '../timing/retriable.js';
import { versionOf } from '../task-loop.js';
import { nextTurn } from '../timing/within.js';
import type { SourceDelivery } from './source-delivery.js';
import type { SourcePipeline } from './source-pipeline.js';
import type { TopicUse } from './topic-use.js';

/** Records that are converted and sent as one piece: the thread answers messages between pieces. */
const PIECE = 4_000;
const RETRY_MS = 100;

export interface SourceLoopOptions {
  readonly task: SourceTask;
  readonly props: Readonly<Record<string, string>>;
  readonly pipeline: SourcePipeline;
  readonly delivery: SourceDelivery;
  readonly topics: TopicUse;
  readonly reporters: TaskReporters;
  /** how long the last reports of failed records may take to be safe, milliseconds */
  readonly lastReportsMs: number;
  readonly stopping: AbortController;
  readonly events: TaskEvents;
  readonly counters: TaskCounters;
  readonly activity: Activity;
  readonly paused: boolean;
  /** closes transforms, predicates and what else the task was built from */
  readonly release: () => Promise<void>;
  readonly log: Logger;
}

/**
 * poll -> transforms -> converters -> send, again and again. The next poll goes on while earlier records wait for their
 * acknowledgement, as far as the producer has room. Pausing takes effect between polls. When offsets are committed, and
 * what becomes of records that were sent when the task ends, is up to its {@link SourceDelivery}.
 */
export class SourceLoop implements TaskLoop {
  private paused: boolean;
  private readonly wake = new Gate();
  private readonly idle = new IdlePace();
  private started = false;
  private startTried = false;
  private abandoned = false;

  constructor(private readonly options: SourceLoopOptions) {
    this.paused = options.paused;
    options.stopping.signal.addEventListener('abort', () => {
      this.wake.open();
      options.delivery.hurry();
    });
  }

  get version(): string | null {
    return versionOf(this.options.task);
  }

  async start(): Promise<void> {
    const { task, props, delivery, reporters } = this.options;
    await reporters.open();
    if (this.stopped) return;
    await delivery.open();
    if (this.stopped) return;
    this.startTried = true;
    await task.start(props);
    this.started = true;
    delivery.begin();
  }

  sample(): void {
    this.options.counters.recordsActive = this.options.delivery.pending;
  }

  setPaused(paused: boolean): void {
    this.paused = paused;
    this.wake.open();
  }

  stop(): void {
    this.options.stopping.abort();
  }

  async run(): Promise<void> {
    const { delivery } = this.options;
    let failed = true;
    try {
      if (this.started) await this.loop();
      failed = false;
    } finally {
      await this.finish(failed);
    }
    if (delivery.failure !== undefined && !this.abandoned) throw delivery.failure;
  }

  async abandon(): Promise<void> {
    this.abandoned = true;
    this.stop();
    await Promise.all([this.options.delivery.abandon(), this.options.reporters.close(0)]);
  }

  private get stopped(): boolean {
    return this.options.stopping.signal.aborted;
  }

  private async loop(): Promise<void> {
    const { events, delivery, activity } = this.options;
    let state: 'RUNNING' | 'PAUSED' | undefined;
    while (!this.stopped) {
      const next = this.paused ? 'PAUSED' : 'RUNNING';
      if (this.paused && state === 'RUNNING') await activity.during('commit', () => delivery.rest());
      if (next !== state) events.stateChanged(next);
      state = next;
      if (this.paused) {
        await this.wake.wait();
        continue;
      }
      if (delivery.failure !== undefined) throw delivery.failure;
      const records = await this.poll();
      if (records === null) await activity.during('commit', () => delivery.idle());
      else await this.dispatch(records);
      await nextTurn();
    }
  }

  /** null: nothing now; the pause that this deserves has been made. */
  private async poll(): Promise<readonly SourceRecord[] | null> {
    const { task, counters, activity, log } = this.options;
    const began = performance.now();
    let records: readonly SourceRecord[] | null = null;
    try {
      records = await activity.during('poll', () => task.poll());
    } catch (error) {
      if (this.stopped) {
        log.debug({ err: error }, 'poll() ended with an error when it was asked to stop');
        return null;
      }
      if (!isRetriable(error)) throw error;
      log.warn({ err: error }, 'poll() failed with an error that may pass; trying again');
    }
    const tookMs = performance.now() - began;
    if (records === null || records.length === 0) {
      const ms = this.idle.pause(tookMs);
      if (ms > 0 && !this.stopped) await this.wake.wait(ms);
      return null;
    }
    this.idle.busy();
    counters.recordsPolled += records.length;
    counters.batches++;
    counters.batchMs += tookMs;
    return this.abandoned ? null : records;
  }

  private async dispatch(records: readonly SourceRecord[]): Promise<void> {
    const { delivery, pipeline, topics, activity } = this.options;
    for (let start = 0, end = 0; start < records.length; start = end) {
      end = delivery.pieceEnd(records, start, Math.min(records.length, start + PIECE));
      const batch = delivery.batch(end - start);
      let failure: { error: unknown } | undefined;
      try {
        await activity.during('process', () => pipeline.process(records, start, end, batch));
      } catch (error) {
        failure = { error };
      }
      const unknown = topics.unknownIn(batch.outgoing);
      if (unknown.length > 0) await activity.during('process', () => this.prepareTopics(unknown));
      const last = failure === undefined ? records[end - 1] : undefined;
      await activity.during('send', () => delivery.send(batch, last));
      if (failure !== undefined) throw failure.error;
      if (delivery.failure !== undefined) throw delivery.failure;
      if (end < records.length) await nextTurn();
    }
    await activity.during('commit', () => delivery.polled());
  }

  private async prepareTopics(topics: readonly string[]): Promise<void> {
    for (;;) {
      try {
        await this.options.topics.prepare(topics);
        return;
      } catch (error) {
        if (!isRetriable(error) || this.stopped) throw error;
        this.options.log.warn({ err: error }, `preparing the topics ${topics.join(', ')} failed; trying again`);
        await this.wake.wait(RETRY_MS);
      }
    }
  }

  /** Each part is done whatever happened to the others. */
  private async finish(failed: boolean): Promise<void> {
    const { delivery, task, reporters, lastReportsMs, release, log } = this.options;
    const attempt = async (what: string, work: () => unknown): Promise<void> => {
      try {
        await work();
      } catch (error) {
        log.error({ err: error }, `${what} failed while the task was stopping`);
      }
    };
    if (this.started && !this.abandoned) await delivery.finish(failed);
    if (this.startTried) await attempt("the task's stop()", () => task.stop());
    await attempt('closing the producer', () => delivery.close());
    await attempt('closing the reporters of failed records', () => reporters.close(lastReportsMs));
    await attempt('releasing the plugins', release);
  }
}
