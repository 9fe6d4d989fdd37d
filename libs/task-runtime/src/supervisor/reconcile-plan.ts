import type { ClusterConfig, TaskId } from '@tributary/kafka-storage';

/** A task that this process runs, and the generation of task configs that it was started with. */
export interface HostedState {
  readonly id: TaskId;
  readonly configGeneration: number;
}

/** What must be done so that a process runs what it should. */
export interface ReconcilePlan {
  readonly start: readonly TaskId[];
  /** their configuration changed */
  readonly restart: readonly TaskId[];
  /** someone else's from now on */
  readonly stop: readonly TaskId[];
  /** they exist no more: their statuses go too */
  readonly remove: readonly TaskId[];
}

/** Text that is unique for a task, as clients see it. */
export const taskName = ({ connector, task }: TaskId): string => `${connector}-${task}`;

/** A task that is assigned but not configured (yet, or any more) is not run. */
export function planReconcile(
  assigned: readonly TaskId[],
  config: ClusterConfig,
  hosted: readonly HostedState[],
): ReconcilePlan {
  const mine = new Set(assigned.map(taskName));
  const running = new Set(hosted.map(({ id }) => taskName(id)));
  const exists = (id: TaskId): boolean => config.taskConfig(id) !== undefined && isListed(config, id);
  const here = hosted.filter(({ id }) => exists(id));
  return {
    start: assigned.filter((id) => exists(id) && !running.has(taskName(id))),
    restart: here
      .filter(
        ({ id, configGeneration }) =>
          mine.has(taskName(id)) && configGeneration !== config.taskConfigGeneration(id.connector),
      )
      .map(({ id }) => id),
    stop: here.filter(({ id }) => !mine.has(taskName(id))).map(({ id }) => id),
    remove: hosted.filter(({ id }) => !exists(id)).map(({ id }) => id),
  };
}

/** Whether a connector with this task is consistent and not deleted. */
function isListed(config: ClusterConfig, id: TaskId): boolean {
  return (
    config.connectorConfig(id.connector) !== undefined &&
    config.tasks(id.connector).some(({ task }) => task === id.task)
  );
}
