import { isDeepStrictEqual } from 'node:util';
import type { Stall } from '@tributary/kafka-storage';
import { hideSecrets, type TaskCounters } from '@tributary/observability';
import { traceOf } from '@tributary/connect-api';
import type { Instance, InstanceChannel } from '@tributary/plugin-host';
import type { BuiltTask } from '../build/build-task.js';
import type { TaskLoop } from '../task-loop.js';
import { within } from '../timing/within.js';
import { EVENT, type TaskFailure } from './protocol.js';

const COUNTERS_MS = 1_000;
/** what is left of the time to stop when a task that hangs is cut off from Kafka */
const CUT_OFF_MS = 500;

/**
 * One task in a host thread: starts its loop, tells the main thread how it fares, and sees to it that a task that does
 * not end in time writes nothing more.
 */
export class TaskInstance implements Instance {
  /** undefined: not started */
  private ended: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** the counters as they were told last */
  private told: TaskCounters | undefined;
  private toldStall: Stall | undefined;

  constructor(
    private readonly task: BuiltTask,
    private readonly channel: InstanceChannel,
    /** task.shutdown.graceful.timeout.ms */
    private gracefulMs: number,
  ) {}

  private get loop(): TaskLoop {
    return this.task.loop;
  }

  /** Returns at once; events tell how starting and running go. */
  start(): void {
    const ended = this.live();
    this.ended = ended;
    this.timer = setInterval(() => {
      this.publish();
      this.tellOfStall();
    }, COUNTERS_MS);
    ended.then(
      () => this.publish(),
      (error: unknown) => this.fail(error),
    );
  }

  setPaused(paused: boolean): void {
    this.loop.setPaused(paused);
  }

  /** How long the task may take to end, milliseconds. */
  setGrace(gracefulMs: number): void {
    this.gracefulMs = gracefulMs;
  }

  async destroy(): Promise<void> {
    this.loop.stop();
    const ended = (this.ended ?? this.loop.run()).catch(() => undefined);
    const patienceMs = Math.max(0, this.gracefulMs - CUT_OFF_MS);
    try {
      await within(ended, patienceMs, () => 'the task did not end in time').catch(() => this.loop.abandon());
    } finally {
      clearInterval(this.timer);
    }
  }

  private async live(): Promise<void> {
    let startError: { readonly error: unknown } | undefined;
    try {
      await this.task.activity.during('start', () => this.loop.start());
    } catch (error) {
      startError = { error };
    }
    await this.loop.run();
    if (startError !== undefined) throw startError.error;
  }

  private publish(): void {
    this.loop.sample();
    // A process has many tasks, most of them idle: their silence leaves its main thread free.
    const { counters } = this.task;
    if (isDeepStrictEqual(counters, this.told)) return;
    this.told = { ...counters };
    this.channel.emit(EVENT.counters, this.told);
  }

  private tellOfStall(): void {
    const { activity, stallTimeoutMs } = this.task;
    if (stallTimeoutMs === undefined) return;
    const stall = activity.stalled(stallTimeoutMs);
    if (stall === this.toldStall) return;
    this.toldStall = stall;
    this.channel.emit(EVENT.stalled, stall ?? null);
  }

  private fail(error: unknown): void {
    clearInterval(this.timer);
    this.publish();
    const message = error instanceof Error ? error.message : String(error);
    this.channel.emit(EVENT.failed, {
      message: hideSecrets(message),
      trace: hideSecrets(traceOf(error)),
      version: this.loop.version,
    } satisfies TaskFailure);
  }
}
