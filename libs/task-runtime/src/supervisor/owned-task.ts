import type { Stall, TaskId } from '@tributary/kafka-storage';
import { loggerFor, withLogContext } from '@tributary/observability';
import type { TaskFailure, TaskPayload } from '../host/protocol.js';
import { TaskRun, type RunOwner, type RunServices } from './task-run.js';
import type { TaskMetrics, TaskStatuses } from './task-statuses.js';
import { taskName } from './reconcile-plan.js';

const log = loggerFor('executor.task');

export interface OwnedTaskOptions {
  readonly id: TaskId;
  readonly services: RunServices;
  readonly statuses: TaskStatuses;
  /** what the task is to be run with, looked up anew for each run */
  readonly payload: () => TaskPayload;
  /** how long a task may take to end, milliseconds */
  readonly gracefulMs: number;
  readonly metrics: TaskMetrics;
}

/**
 * A task that this process owns: at most one run at a time, and the state that the world sees. Stops and restarts happen
 * in the order in which they were asked for; neither waits for a start that hangs.
 */
export class OwnedTask {
  readonly id: TaskId;
  /** the task configs that the current run was started with */
  configGeneration = -1;
  failed = false;
  private run: TaskRun | undefined;
  private startCounted = false;
  private endingRun: TaskRun | undefined;
  private version: string | null = null;
  private operations: Promise<void>;

  /** Nothing is done before `after` has resolved. */
  constructor(
    private readonly options: OwnedTaskOptions,
    after: Promise<void> = Promise.resolve(),
  ) {
    this.id = options.id;
    this.operations = after;
  }

  /** Resolves when the task is being set up; its state tells the rest. */
  start(): Promise<void> {
    return this.inTurn(async () => this.begin());
  }

  /** Runs the task with the configurations of that generation. */
  reconfigure(configGeneration: number): Promise<void> {
    this.configGeneration = configGeneration;
    return this.restart(false);
  }

  /** A restart is announced as RESTARTING where a user asked for it. */
  restart(announce: boolean): Promise<void> {
    return this.inTurn(async () => {
      if (announce) this.options.statuses.put(this.id, 'RESTARTING', this.version);
      await this.end();
      this.begin();
    });
  }

  /** `removed`: the task exists no more, nor shall its status. */
  stop(removed: boolean): Promise<void> {
    return this.inTurn(async () => {
      await this.end();
      log.info(removed ? 'task is gone' : 'task is stopped');
      if (removed) this.options.statuses.remove(this.id);
      else this.options.statuses.putUnassigned(this.id, this.version);
    });
  }

  /** The task is someone else's already: it is cut off after `timeoutMs`, and says nothing. */
  drop(timeoutMs: number): Promise<void> {
    this.run?.revoke();
    this.endingRun?.revoke();
    return this.inTurn(() => this.end(timeoutMs));
  }

  setPaused(paused: boolean): void {
    this.run?.setPaused(paused);
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const { connector, task } = this.id;
    this.operations = this.operations.then(() => withLogContext({ connector, task }, work));
    return this.operations;
  }

  private begin(): void {
    const payload = this.options.payload();
    this.configGeneration = payload.configGeneration;
    this.failed = false;
    this.startCounted = false;
    const run: TaskRun = new TaskRun(
      this.id,
      payload,
      this.ownerOf(() => run === this.run),
      this.options.services,
    );
    this.run = run;
    void run.begin();
  }

  private async end(timeoutMs = this.options.gracefulMs): Promise<void> {
    const run = this.run;
    if (run === undefined) return;
    const began = performance.now();
    this.run = undefined;
    this.endingRun = run;
    await run.end(timeoutMs);
    this.endingRun = undefined;
    const tookMs = performance.now() - began;
    if (timeoutMs > 0 && tookMs >= timeoutMs) {
      log.warn(`task ${taskName(this.id)} did not stop within ${timeoutMs} ms and was cut off`);
    }
  }

  /**
   * What the run tells; only the current one is listened to. A thread's messages come in the log context of whichever task
   * it was started for, so this task's own is set.
   */
  private ownerOf(current: () => boolean): RunOwner {
    const { statuses, metrics } = this.options;
    const { connector, task } = this.id;
    const whenCurrent =
      <A extends unknown[]>(listen: (...args: A) => void) =>
      (...args: A): void => {
        if (current()) withLogContext({ connector, task }, () => listen(...args));
      };
    return {
      stateChanged: whenCurrent(({ state, version }) => {
        this.version = version;
        this.hasStarted(true);
        log.info({ version }, `task is ${state}`);
        statuses.put(this.id, state, version);
      }),
      failed: whenCurrent((failure) => this.fail(failure)),
      lostHost: whenCurrent(() => {
        log.info(`task ${taskName(this.id)} lost its thread and is started again`);
        void this.restart(false);
      }),
      counted: whenCurrent((counters) => metrics.publishTaskCounters(this.id.connector, this.id.task, counters)),
      stalled: whenCurrent((stall) => this.isStalled(stall)),
    };
  }

  /** Counts how the start of the current run went, the first time that it is known. */
  private hasStarted(succeeded: boolean): void {
    if (this.startCounted) return;
    this.startCounted = true;
    this.options.metrics.taskStartup(succeeded);
  }

  private isStalled(stall: Stall | null): void {
    const { statuses } = this.options;
    const name = taskName(this.id);
    if (stall === null) {
      log.info(`task ${name} is stalled no more`);
      statuses.endStall(this.id);
    } else {
      log.warn({ ...stall }, `task ${name} is stalled: its ${stall.in} does not end`);
      statuses.putStall(this.id, stall, this.version);
    }
  }

  private fail({ message, trace, version }: TaskFailure): void {
    this.version = version ?? this.version;
    this.hasStarted(false);
    this.failed = true;
    log.error({ trace }, `task ${taskName(this.id)} failed: ${message}`);
    this.options.statuses.putFailed(this.id, trace, this.version);
    void this.inTurn(() => this.end());
  }
}
