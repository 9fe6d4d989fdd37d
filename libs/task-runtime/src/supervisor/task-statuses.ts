import type { ConnectorState, Stall, Status, StatusStore, TaskId } from '@tributary/kafka-storage';
import { loggerFor, type Metrics } from '@tributary/observability';
import { taskName } from './reconcile-plan.js';

const log = loggerFor('executor.statuses');

/** The part of the process's metrics that tells of tasks. */
export type TaskMetrics = Pick<
  Metrics,
  'publishTaskCounters' | 'publishTaskStall' | 'publishTaskState' | 'removeTask' | 'taskStartup'
>;

/**
 * Writes the states of this process's tasks, marked with who writes and in which generation of the group. What is bad
 * news or old news (FAILED, UNASSIGNED) never overwrites what a newer owner of the task has written. Should an earlier
 * owner, which did not know yet, have overwritten what is written here, it is written again.
 */
export class TaskStatuses {
  generation = 0;
  private readonly writing = new Set<Promise<void>>();
  /** the states of tasks that run or rest here, by name */
  private readonly present = new Map<string, { readonly id: TaskId; readonly status: Status }>();

  constructor(
    private readonly store: StatusStore,
    private readonly workerId: string,
    private readonly metrics: TaskMetrics,
  ) {
    store.subscribe({ statusChanged: (connector) => this.correct(connector) });
  }

  put(id: TaskId, state: 'RUNNING' | 'PAUSED' | 'RESTARTING', version: string | null): void {
    this.metrics.publishTaskState(id.connector, id.task, state);
    this.keepPresent(id, this.status(state, null, version));
  }

  /** Where a task hangs, beside the state that it is in; one that has never got beyond its start is UNASSIGNED. */
  putStall(id: TaskId, stalled: Stall, version: string | null): void {
    const known = this.present.get(taskName(id))?.status;
    if (known === undefined) this.metrics.publishTaskState(id.connector, id.task, 'UNASSIGNED');
    this.metrics.publishTaskStall(id.connector, id.task, true);
    this.keepPresent(id, { ...(known ?? this.status('UNASSIGNED', null, version)), stalled });
  }

  /** It hangs no more. A state that was put meanwhile has said so already. */
  endStall(id: TaskId): void {
    const known = this.present.get(taskName(id))?.status;
    if (known?.stalled === undefined) return;
    this.metrics.publishTaskStall(id.connector, id.task, false);
    const { stalled: _, ...status } = known;
    this.keepPresent(id, status);
  }

  putFailed(id: TaskId, trace: string, version: string | null): void {
    this.metrics.publishTaskState(id.connector, id.task, 'FAILED');
    this.present.delete(taskName(id));
    this.keep(id, this.store.putTaskSafe(id, this.status('FAILED', trace, version)));
  }

  putUnassigned(id: TaskId, version: string | null): void {
    this.present.delete(taskName(id));
    this.keep(id, this.store.putTaskSafe(id, this.status('UNASSIGNED', null, version)));
  }

  remove(id: TaskId): void {
    this.present.delete(taskName(id));
    this.keep(id, this.store.putTask(id, null));
  }

  /** Resolves when all that was put is written or has failed. */
  async written(): Promise<void> {
    await Promise.all(this.writing);
  }

  private keepPresent(id: TaskId, status: Status): void {
    this.present.set(taskName(id), { id, status });
    this.keep(id, this.store.putTask(id, status));
  }

  private correct(connector: string): void {
    for (const { id, status } of this.present.values()) {
      if (id.connector !== connector) continue;
      const stored = this.store.task(id);
      if (stored === undefined || stored.workerId === this.workerId || stored.generation >= status.generation) continue;
      this.keep(id, this.store.putTask(id, status));
    }
  }

  private status(state: ConnectorState, trace: string | null, version: string | null): Status {
    return { state, trace, workerId: this.workerId, generation: this.generation, version };
  }

  /** Nobody waits for a status: a failed write is logged and the next one corrects it. */
  private keep(id: TaskId, write: Promise<void>): void {
    const done = write
      .catch((error: unknown) => log.error({ err: error }, `writing the status of task ${taskName(id)} failed`))
      .finally(() => this.writing.delete(done));
    this.writing.add(done);
  }
}
