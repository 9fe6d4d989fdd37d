import { sortTasks, type TaskId } from '../task-id.js';

/** Tasks as payloads carry them: numbers by connector, a few bytes a task. */
export type TaskMap = Readonly<Record<string, readonly number[]>>;

export function toTaskMap(tasks: readonly TaskId[]): TaskMap {
  const byConnector = new Map<string, number[]>();
  for (const { connector, task } of sortTasks(tasks)) {
    const numbers = byConnector.get(connector);
    if (numbers === undefined) byConnector.set(connector, [task]);
    else numbers.push(task);
  }
  return Object.fromEntries(byConnector);
}

/** What is no such map counts as empty. */
export function fromTaskMap(map: unknown): TaskId[] {
  if (typeof map !== 'object' || map === null) return [];
  return Object.entries(map).flatMap(([connector, numbers]: [string, unknown]) =>
    Array.isArray(numbers)
      ? numbers.filter((task): task is number => Number.isInteger(task)).map((task) => ({ connector, task }))
      : [],
  );
}
