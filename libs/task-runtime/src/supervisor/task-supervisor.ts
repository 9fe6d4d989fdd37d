import { NotFoundError } from '@tributary/connect-api';
import type { ConfigStore, RestartRequest, TaskId } from '@tributary/kafka-storage';
import { loggerFor } from '@tributary/observability';
import type { TaskPayload } from '../host/protocol.js';
import { Places } from '../timing/places.js';
import { OwnedTask } from './owned-task.js';
import { planReconcile, taskName } from './reconcile-plan.js';
import type { RunServices } from './task-run.js';
import type { TaskMetrics, TaskStatuses } from './task-statuses.js';

const log = loggerFor('executor');
/** as many tasks are stopped at a time */
const PARALLEL = 8;
/** for tasks that are someone else's already */
const DROP_MS = 1_000;

/** The part of a group assignment that an executor follows. */
export interface TaskAssignment {
  readonly generation: number;
  readonly configOffset: number;
  readonly tasks: readonly TaskId[];
}

export interface TaskSupervisorOptions {
  readonly configStore: ConfigStore;
  readonly statuses: TaskStatuses;
  readonly services: RunServices;
  /** task.shutdown.graceful.timeout.ms */
  readonly gracefulMs: number;
  readonly metrics: TaskMetrics;
}

/**
 * Runs what the group assigned to this process, with the configuration that the config topic holds now. Assignments and
 * changes of configuration are followed at once, each by comparing what should run with what runs; a task that takes
 * long to stop holds up nothing but its own next start.
 */
export class TaskSupervisor {
  private readonly tasks = new Map<string, OwnedTask>();
  private assignedTasks: readonly TaskId[] = [];
  /** tasks that are being stopped, by name */
  private readonly leaving = new Map<string, { readonly task: OwnedTask; readonly done: Promise<void> }>();
  private readonly stopping = new Places(PARALLEL);
  private unsubscribe: (() => void) | undefined;
  private closed = false;

  constructor(private readonly options: TaskSupervisorOptions) {}

  /** Begins to follow the config topic. */
  start(): void {
    this.unsubscribe = this.options.configStore.subscribe({
      taskConfigsChanged: () => this.reconcile(),
      connectorRemoved: () => this.reconcile(),
      targetStateChanged: (connector) => this.followTargetState(connector),
      restartRequested: (request) => this.restartAsAsked(request),
    });
  }

  /** What this process runs, failed tasks and those that are just being stopped included. */
  running(): TaskId[] {
    const leaving = [...this.leaving.values()].map(({ task }) => task.id);
    const ids = [...this.tasks.values()].map(({ id }) => id);
    return [...ids, ...leaving.filter((id) => !this.tasks.has(taskName(id)))];
  }

  /** Resolves when all that is not in the assignment has stopped; what was gained starts by itself. */
  async assigned(assignment: TaskAssignment): Promise<void> {
    const { configStore, statuses } = this.options;
    if (configStore.snapshot().offset < assignment.configOffset) await configStore.refresh();
    statuses.generation = assignment.generation;
    this.assignedTasks = assignment.tasks;
    this.reconcile();
    await this.allStopped();
  }

  /** The membership is over: others may run these tasks any moment. */
  async lost(): Promise<void> {
    this.assignedTasks = [];
    const tasks = [...this.tasks.values(), ...[...this.leaving.values()].map(({ task }) => task)];
    this.tasks.clear();
    if (tasks.length > 0) log.warn(`the place in the group is lost: stopping ${tasks.length} tasks`);
    await Promise.all(tasks.map((task) => task.drop(DROP_MS)));
    for (const { id } of tasks) this.options.metrics.removeTask(id.connector, id.task);
  }

  /** Stops and starts a task because a user asked for it. */
  async restartTask(id: TaskId): Promise<void> {
    const task = this.tasks.get(taskName(id));
    if (task === undefined) throw new NotFoundError(`Task ${taskName(id)} does not run in this executor`);
    await task.restart(true);
  }

  /** Stops all tasks, their offsets committed. Idempotent. */
  async close(): Promise<void> {
    this.closed = true;
    this.unsubscribe?.();
    this.assignedTasks = [];
    for (const { id } of this.tasks.values()) this.stopTask(id, false);
    await this.allStopped();
    await this.options.statuses.written();
  }

  /** Starts, restarts and begins to stop what the assignment and the configuration of this moment ask for. */
  private reconcile(): void {
    if (this.closed) return;
    const config = this.options.configStore.snapshot();
    const plan = planReconcile(this.assignedTasks, config, [...this.tasks.values()]);
    for (const id of plan.stop) this.stopTask(id, false);
    for (const id of plan.remove) this.stopTask(id, true);
    for (const id of plan.restart) {
      void this.tasks.get(taskName(id))?.reconfigure(config.taskConfigGeneration(id.connector));
    }
    for (const id of plan.start) this.startTask(id);
    const { start, restart, stop, remove } = plan;
    if (start.length + restart.length + stop.length + remove.length === 0) return;
    log.debug(`tasks: ${start.length} to start, ${restart.length} to restart, ${stop.length + remove.length} to stop`);
  }

  private startTask(id: TaskId): void {
    const { services, statuses, gracefulMs, metrics } = this.options;
    const options = { id, services, statuses, payload: () => this.payloadOf(id), gracefulMs, metrics };
    const task = new OwnedTask(options, this.leaving.get(taskName(id))?.done);
    this.tasks.set(taskName(id), task);
    void task.start();
  }

  private stopTask(id: TaskId, removed: boolean): void {
    const name = taskName(id);
    const task = this.tasks.get(name);
    if (task === undefined) return;
    this.tasks.delete(name);
    const leaving = { task, done: this.stopping.use(() => task.stop(removed)) };
    this.leaving.set(name, leaving);
    void leaving.done.then(() => {
      if (this.leaving.get(name) === leaving) this.leaving.delete(name);
      if (!this.tasks.has(name)) this.options.metrics.removeTask(id.connector, id.task);
    });
  }

  private async allStopped(): Promise<void> {
    await Promise.all([...this.leaving.values()].map(({ done }) => done));
  }

  private payloadOf(id: TaskId): TaskPayload {
    const config = this.options.configStore.snapshot();
    const { connector, task } = id;
    return {
      connector,
      task,
      connectorConfig: config.appliedConnectorConfig(connector) ?? config.connectorConfig(connector) ?? {},
      taskConfig: config.taskConfig(id) ?? {},
      taskCount: config.tasks(connector).length,
      configGeneration: config.taskConfigGeneration(connector),
      paused: config.targetState(connector) === 'PAUSED',
    };
  }

  private followTargetState(connector: string): void {
    const paused = this.options.configStore.snapshot().targetState(connector) === 'PAUSED';
    for (const task of this.tasksOf(connector)) task.setPaused(paused);
  }

  private restartAsAsked({ connector, includeTasks, onlyFailed }: RestartRequest): void {
    if (!includeTasks) return;
    for (const task of this.tasksOf(connector)) {
      if (task.failed || !onlyFailed) void task.restart(true);
    }
  }

  private tasksOf(connector: string): OwnedTask[] {
    return [...this.tasks.values()].filter(({ id }) => id.connector === connector);
  }
}
