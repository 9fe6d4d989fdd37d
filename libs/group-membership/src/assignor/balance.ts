import { sortTasks, taskKey, type TaskId } from '../task-id.js';

/** An executor with what it keeps in this round. */
export interface Load {
  readonly memberId: string;
  readonly tasks: TaskId[];
}

/**
 * Each executor's share of `total` tasks: as even as can be, the larger shares to those that hold the most, so that the
 * least has to move.
 */
export function shares(loads: readonly Load[], total: number): Map<string, number> {
  const base = Math.floor(total / loads.length);
  const larger = total % loads.length;
  const byLoad = [...loads].sort((a, b) => b.tasks.length - a.tasks.length);
  return new Map(byLoad.map(({ memberId }, index) => [memberId, base + (index < larger ? 1 : 0)]));
}

/** Takes from each executor what is beyond its share, first from the connectors that it has most tasks of. */
export function takeSurplus(loads: readonly Load[], share: ReadonlyMap<string, number>): TaskId[] {
  return loads.flatMap(({ memberId, tasks }) => {
    const taken: TaskId[] = [];
    const counts = countByConnector(tasks);
    for (let surplus = tasks.length - (share.get(memberId) ?? 0); surplus > 0; surplus--) {
      const most = Math.max(...counts.values());
      const index = tasks.findLastIndex(({ connector }) => counts.get(connector) === most);
      for (const task of tasks.splice(index, 1)) {
        taken.push(task);
        if (most === 1) counts.delete(task.connector);
        else counts.set(task.connector, most - 1);
      }
    }
    return taken;
  });
}

/**
 * Gives each of `tasks` to the executor that had it before if that has room in its share, else to the least loaded one
 * with room, among equals to the one with the fewest tasks of the same connector.
 */
export function giveOut(
  loads: readonly Load[],
  tasks: readonly TaskId[],
  share: ReadonlyMap<string, number>,
  formerOwner: (task: TaskId) => string | undefined,
): void {
  const counts = new Map(loads.map(({ memberId, tasks: held }) => [memberId, countByConnector(held)]));
  for (const task of sortTasks(tasks)) {
    const room = loads.filter((load) => load.tasks.length < (share.get(load.memberId) ?? 0));
    const former = formerOwner(task);
    const ofConnector = (load: Load) => counts.get(load.memberId)?.get(task.connector) ?? 0;
    const target =
      room.find(({ memberId }) => memberId === former) ??
      (room.length > 0 ? room : loads).reduce<Load | undefined>((best, load) => {
        if (best === undefined) return load;
        const difference = load.tasks.length - best.tasks.length || ofConnector(load) - ofConnector(best);
        return difference < 0 ? load : best;
      }, undefined);
    if (target === undefined) return;
    counts.get(target.memberId)?.set(task.connector, ofConnector(target) + 1);
    target.tasks.push(task);
  }
}

function countByConnector(tasks: readonly TaskId[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { connector } of tasks) counts.set(connector, (counts.get(connector) ?? 0) + 1);
  return counts;
}

export const keysOf = (tasks: Iterable<TaskId>): Set<string> => new Set([...tasks].map(taskKey));
