import type { ClusterMember, MemberAssignment, WaitingTasks } from '../payload/member-assignment.js';
import { taskKey, type TaskId } from '../task-id.js';
import type { Member } from './member.js';

export interface WaitingInput {
  /** living executors */
  readonly executors: readonly Member[];
  /** configured tasks that no living executor runs, by key */
  readonly orphans: ReadonlyMap<string, TaskId>;
  /** the last assignment of the whole cluster; undefined where the one that assigns does not know it */
  readonly previous: MemberAssignment | undefined;
  /** scheduled.rebalance.max.delay.ms */
  readonly maxDelayMs: number;
  /** milliseconds since the epoch */
  readonly now: number;
}

export interface WaitingOutcome {
  readonly waiting: readonly WaitingTasks[];
  /** the member id of the executor that stands in for the owner that went away, by the keys of its tasks */
  readonly handedOver: ReadonlyMap<string, string>;
}

/**
 * Which tasks of executors that went away are to wait. They wait up to the delay for an executor that was not there
 * before: it gets the tasks of one owner that is away, its own ones if it is that owner, else those of the owner that
 * has been away longest. So a worker that is restarted costs no other one any move. What waits no longer is free.
 */
export function waitingTasks({ executors, orphans, previous, maxDelayMs, now }: WaitingInput): WaitingOutcome {
  if (previous === undefined || maxDelayMs <= 0) return { waiting: [], handedOver: new Map() };
  const present = new Set(executors.map(({ metadata }) => metadata.id));
  const before = previous.members.filter(({ role }) => role === 'executor');
  const away = [
    ...previous.waiting.map((entry) => ({ ...entry, until: Math.min(entry.until, now + maxDelayMs) })),
    ...before.filter(({ id }) => !present.has(id)).map(({ id, tasks }) => ({ id, tasks, until: now + maxDelayMs })),
  ]
    .map((entry) => ({ ...entry, tasks: entry.tasks.filter((task) => orphans.has(taskKey(task))) }))
    .filter(({ tasks, until }) => tasks.length > 0 && until > now)
    .sort((a, b) => a.until - b.until);
  return handOver(away, newcomers(executors, before));
}

function newcomers(executors: readonly Member[], before: readonly ClusterMember[]): Member[] {
  const known = new Set(before.map(({ id }) => id));
  return executors.filter(({ metadata }) => !known.has(metadata.id));
}

function handOver(away: readonly WaitingTasks[], arrived: readonly Member[]): WaitingOutcome {
  const handedOver = new Map<string, string>();
  const waiting = [...away];
  const strangers: Member[] = [];
  const take = (member: Member, index: number) => {
    for (const task of waiting.splice(index, 1).flatMap(({ tasks }) => tasks))
      handedOver.set(taskKey(task), member.memberId);
  };
  for (const member of arrived) {
    const own = waiting.findIndex(({ id }) => id === member.metadata.id);
    if (own >= 0) take(member, own);
    else strangers.push(member);
  }
  for (const member of strangers) if (waiting.length > 0) take(member, 0);
  return { waiting, handedOver };
}
