/** A task of a connector, by its number. */
export interface TaskId {
  readonly connector: string;
  readonly task: number;
}

/** A text that is the same for the same task and for no other. */
export const taskKey = ({ connector, task }: TaskId): string => `${task}-${connector}`;

export function compareTasks(a: TaskId, b: TaskId): number {
  if (a.connector !== b.connector) return a.connector < b.connector ? -1 : 1;
  return a.task - b.task;
}

export const sortTasks = (tasks: Iterable<TaskId>): TaskId[] => [...tasks].sort(compareTasks);
