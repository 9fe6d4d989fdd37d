import { IllegalStateError, traceOf } from '@tributary/connect-api';
import type { Stall, TaskId } from '@tributary/kafka-storage';
import type { TaskCounters } from '@tributary/observability';
import type { Hosted, HostedOwner, HostPool } from '@tributary/plugin-host';
import { EVENT, type TaskFailure, type TaskPayload, type TaskStateChange } from '../host/protocol.js';
import type { Places } from '../timing/places.js';
import { taskName } from './reconcile-plan.js';
import type { TaskRequests } from './task-requests.js';

/** What a run tells the task it belongs to. */
export interface RunOwner {
  stateChanged(change: TaskStateChange): void;
  failed(failure: TaskFailure): void;
  /** Its thread is gone, through no fault of this task: run it again. */
  lostHost(): void;
  counted(counters: TaskCounters): void;
  /** A call of it has not ended for too long; null: it has ended now. */
  stalled(stall: Stall | null): void;
}

export interface RunServices {
  readonly pool: Pick<HostPool, 'host'>;
  readonly requests: TaskRequests;
  /** limits how many tasks are being set up at a time */
  readonly places: Places;
}

/** One life of a task in a host thread, from `begin` to `end`. After `end` has resolved its owner hears nothing more. */
export class TaskRun implements HostedOwner {
  private readonly abort = new AbortController();
  private hosted: Hosted | undefined;
  private paused: boolean;
  private over = false;
  private revoked = false;
  private ending: Promise<void> | undefined;

  constructor(
    private readonly id: TaskId,
    private readonly payload: TaskPayload,
    private readonly owner: RunOwner,
    private readonly services: RunServices,
  ) {
    this.paused = payload.paused;
  }

  /** Sets the task up and starts it; how that ends is told to the owner. Never rejects. */
  async begin(): Promise<void> {
    try {
      const hosted = await this.services.places.use(() => this.host());
      this.hosted = hosted;
      if (this.abort.signal.aborted) return await hosted.destroy(0);
      await hosted.call('start');
      if (this.paused !== this.payload.paused) this.callSetPaused(hosted);
    } catch (error) {
      if (!this.over && !this.abort.signal.aborted) this.fail(error);
    }
  }

  setPaused(paused: boolean): void {
    if (this.paused === paused) return;
    this.paused = paused;
    if (this.hosted !== undefined) this.callSetPaused(this.hosted);
  }

  /** The task is someone else's already: nothing that it still asks is done. */
  revoke(): void {
    this.revoked = true;
  }

  /** Stops the task; one that has not stopped by itself after `timeoutMs` is cut off. Never rejects. */
  end(timeoutMs: number): Promise<void> {
    this.ending ??= this.endNow(timeoutMs);
    return this.ending;
  }

  event(name: string, payload: unknown): void {
    if (this.over) return;
    if (name === EVENT.state) this.owner.stateChanged(payload as TaskStateChange);
    else if (name === EVENT.counters) this.owner.counted(payload as TaskCounters);
    else if (name === EVENT.stalled) this.owner.stalled(payload as Stall | null);
    else if (name === EVENT.failed) this.owner.failed(payload as TaskFailure);
  }

  async request(name: string, payload: unknown): Promise<unknown> {
    if (this.over || this.revoked) throw new IllegalStateError(`task ${taskName(this.id)} does not run here any more`);
    return this.services.requests.answer(this.id, name, payload);
  }

  gone(error: Error | undefined): void {
    if (this.over) return;
    this.over = true;
    if (error === undefined) this.owner.lostHost();
    else this.owner.failed(failureOf(error));
  }

  private host(): Promise<Hosted> {
    const { connector, task } = this.id;
    const options = { logContext: { connector, task }, signal: this.abort.signal };
    return this.services.pool.host(taskName(this.id), this.payload, this, options);
  }

  private callSetPaused(hosted: Hosted): void {
    hosted.call('setPaused', this.paused).catch((error: unknown) => {
      if (!this.over && this.ending === undefined) this.fail(error);
    });
  }

  private fail(error: unknown): void {
    this.owner.failed(failureOf(error));
  }

  private async endNow(timeoutMs: number): Promise<void> {
    this.abort.abort(new IllegalStateError(`task ${taskName(this.id)} was stopped`));
    this.hosted?.call('setGrace', timeoutMs).catch(() => undefined);
    await this.hosted?.destroy(timeoutMs);
    this.over = true;
  }
}

function failureOf(error: unknown): TaskFailure {
  return { message: error instanceof Error ? error.message : String(error), version: null, trace: traceOf(error) };
}
