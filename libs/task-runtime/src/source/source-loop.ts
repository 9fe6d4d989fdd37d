import type { SourceRecord, SourceTask } from '@tributary/connect-api';
import type { Producer } from '@tributary/kafka-client';
import type { Logger, TaskCounters } from '@tributary/observability';
import type { TaskEvents, TaskLoop } from '../task-loop.js';
import { Gate } from '../timing/gate.js';
import { IdlePace } from '../timing/idle-pace.js';
import { isRetriable } from '../timing/retriable.js';
import { versionOf } from '../task-loop.js';
import { nextTurn, within } from '../timing/within.js';
import type { OffsetCommitter } from './offset-committer.js';
import type { OffsetTracker } from './offset-tracker.js';
import type { SourcePipeline } from './source-pipeline.js';
import type { SourceSender } from './source-sender.js';
import type { TopicUse } from './topic-use.js';

/** Records that are converted and sent as one piece: the thread answers messages between pieces. */
const PIECE = 4_000;
const RETRY_MS = 100;

export interface SourceLoopOptions {
  readonly task: SourceTask;
  readonly props: Readonly<Record<string, string>>;
  readonly producer: Producer;
  readonly pipeline: SourcePipeline;
  readonly sender: SourceSender;
  readonly tracker: OffsetTracker;
  readonly committer: OffsetCommitter;
  readonly topics: TopicUse;
  readonly stopping: AbortController;
  readonly events: TaskEvents;
  readonly counters: TaskCounters;
  readonly paused: boolean;
  /** how long the last records may take to be acknowledged, milliseconds */
  readonly lastFlushMs: number;
  /** closes transforms, predicates and what else the task was built from */
  readonly release: () => Promise<void>;
  readonly log: Logger;
}

/**
 * poll -> transforms -> converters -> send, again and again. The next poll goes on while earlier records wait for their
 * acknowledgement, as far as the producer has room. Pausing takes effect between polls. However it ends, what was sent
 * is waited for and its offsets are committed.
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
      options.sender.hurry();
    });
  }

  get version(): string | null {
    return versionOf(this.options.task);
  }

  async start(): Promise<void> {
    const { task, props, committer } = this.options;
    this.startTried = true;
    await task.start(props);
    this.started = true;
    committer.start();
  }

  sample(): void {
    this.options.counters.recordsActive = this.options.tracker.pending;
  }

  setPaused(paused: boolean): void {
    this.paused = paused;
    this.wake.open();
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
    if (this.options.sender.failure !== undefined && !this.abandoned) throw this.options.sender.failure;
  }

  async abandon(): Promise<void> {
    this.abandoned = true;
    this.options.committer.stop();
    this.stop();
    await this.options.producer.close(0);
  }

  private get stopped(): boolean {
    return this.options.stopping.signal.aborted;
  }

  private async loop(): Promise<void> {
    const { events, sender } = this.options;
    let state: 'RUNNING' | 'PAUSED' | undefined;
    while (!this.stopped) {
      const next = this.paused ? 'PAUSED' : 'RUNNING';
      if (next !== state) events.stateChanged(next);
      state = next;
      if (this.paused) {
        await this.wake.wait();
        continue;
      }
      if (sender.failure !== undefined) throw sender.failure;
      const records = await this.poll();
      if (records !== null) await this.dispatch(records);
      await nextTurn();
    }
  }

  /** null: nothing now; the pause that this deserves has been made. */
  private async poll(): Promise<readonly SourceRecord[] | null> {
    const { task, counters, log } = this.options;
    const began = performance.now();
    let records: readonly SourceRecord[] | null = null;
    try {
      records = await task.poll();
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
    const { sender, pipeline, topics } = this.options;
    for (let start = 0; start < records.length; start += PIECE) {
      const end = Math.min(records.length, start + PIECE);
      const batch = sender.batch(end - start);
      let failure: { error: unknown } | undefined;
      try {
        await pipeline.process(records, start, end, batch);
      } catch (error) {
        failure = { error };
      }
      const unknown = topics.unknownIn(batch.outgoing);
      if (unknown.length > 0) await this.prepareTopics(unknown);
      await sender.send(batch);
      if (failure !== undefined) throw failure.error;
      if (sender.failure !== undefined) throw sender.failure;
      if (end < records.length) await nextTurn();
    }
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
  private async finish(): Promise<void> {
    const { producer, sender, committer, task, release, lastFlushMs, log } = this.options;
    const attempt = async (what: string, work: () => unknown): Promise<void> => {
      try {
        await work();
      } catch (error) {
        log.error({ err: error }, `${what} failed while the task was stopping`);
      }
    };
    committer.stop();
    if (this.started && !this.abandoned) {
      await attempt('waiting for the last records to be acknowledged', () =>
        within(
          producer.flush().then(() => sender.drained()),
          lastFlushMs,
          () => `not all were acknowledged within ${lastFlushMs} ms; they are read again later`,
        ),
      );
      await committer.commit();
    }
    if (this.startTried) await attempt("the task's stop()", () => task.stop());
    await attempt('closing the producer', () => producer.close(0));
    await attempt('releasing the plugins', release);
  }
}
