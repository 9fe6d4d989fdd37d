import type { ClusterMember, MemberAssignment } from '../payload/member-assignment.js';
import { sortTasks, taskKey, type TaskId } from '../task-id.js';
import { giveOut, keysOf, shares, takeSurplus, type Load } from './balance.js';
import { leaderOf, livingMembers, type Member } from './member.js';
import { waitingTasks } from './waiting.js';

export interface AssignInput {
  readonly members: readonly Member[];
  /** every configured task */
  readonly tasks: readonly TaskId[];
  /** how far the config topic was read for `tasks` */
  readonly configOffset: number;
  /** what was assigned last; undefined where that is not known */
  readonly previous: MemberAssignment | undefined;
  /** scheduled.rebalance.max.delay.ms */
  readonly maxDelayMs: number;
  /** milliseconds since the epoch */
  readonly now: number;
}

/**
 * Who leads and who runs what: one assignment for each member, by member id. A pure function, so that whoever the broker
 * makes group leader comes to the same result.
 *
 * A task is given only to an executor when no other one says that it runs it. What has to move is taken from its owner
 * first, given to nobody in this round, and given out in the next one, when the owner says that it has stopped it. Tasks
 * that two executors claim are taken from both. Nothing else is touched, so the second round is always the last one.
 */
export function assign(input: AssignInput): Map<string, MemberAssignment> {
  const living = livingMembers(input.members);
  const executors = living.filter(({ metadata }) => metadata.role === 'executor');
  const plan = share(input, executors);
  const leader = leaderOf(living);
  const tasksOf = (memberId: string) => sortTasks(plan.owned.get(memberId) ?? []);
  const members: ClusterMember[] = living.map(({ memberId, metadata: { id, role, url } }) => {
    return { id, role, url, tasks: tasksOf(memberId) };
  });
  const owned = keysOf([...plan.owned.values()].flat());
  const common = {
    leaderId: leader?.metadata.id ?? null,
    leaderUrl: leader?.metadata.url ?? null,
    leaderMember: leader?.memberId ?? null,
    configOffset: input.configOffset,
    members,
    unassigned: input.tasks.filter((task) => !owned.has(taskKey(task))),
    waiting: plan.waiting,
    again: plan.taken,
    delayMs:
      plan.waiting.length === 0 ? 0 : Math.max(1, Math.min(...plan.waiting.map((entry) => entry.until)) - input.now),
  };
  return new Map(input.members.map(({ memberId }) => [memberId, { ...common, tasks: tasksOf(memberId) }]));
}

interface Plan {
  /** by member id */
  readonly owned: ReadonlyMap<string, readonly TaskId[]>;
  readonly waiting: MemberAssignment['waiting'];
  /** true: something was taken from a living owner */
  readonly taken: boolean;
}

function share(input: AssignInput, executors: readonly Member[]): Plan {
  const { loads, orphans, disputed } = claims(input, executors);
  const { waiting, handedOver } = waitingTasks({ ...input, executors, orphans });
  if (loads.length === 0) return { owned: new Map(), waiting, taken: false };
  const waitingKeys = keysOf(waiting.flatMap(({ tasks }) => tasks));
  const free = [...orphans].filter(([key]) => !waitingKeys.has(key)).map(([, task]) => task);
  const share = shares(loads, input.tasks.length - waitingKeys.size);
  // While somebody's return is waited for, nothing is moved to make up for it.
  const surplus = waiting.length === 0 ? takeSurplus(loads, share) : [];
  const former = formerOwners(input.previous, executors);
  giveOut(loads, free, share, (task) => handedOver.get(taskKey(task)) ?? former.get(taskKey(task)));
  return {
    owned: new Map(loads.map(({ memberId, tasks }) => [memberId, tasks])),
    waiting,
    taken: surplus.length > 0 || disputed,
  };
}

interface Claims {
  /** each executor with what it alone runs */
  readonly loads: readonly Load[];
  /** configured tasks that nobody runs, by key */
  readonly orphans: ReadonlyMap<string, TaskId>;
  /** true: some task is run by more than one */
  readonly disputed: boolean;
}

function claims({ tasks }: AssignInput, executors: readonly Member[]): Claims {
  const claimed = new Map<string, number>();
  for (const { metadata } of executors)
    for (const key of keysOf(metadata.running)) claimed.set(key, (claimed.get(key) ?? 0) + 1);
  const orphans = new Map(tasks.map((task) => [taskKey(task), task]));
  const configured = new Set(orphans.keys());
  for (const key of claimed.keys()) orphans.delete(key);
  return {
    loads: executors.map(({ memberId, metadata }) => ({
      memberId,
      tasks: sortTasks(
        metadata.running.filter((task) => configured.has(taskKey(task)) && claimed.get(taskKey(task)) === 1),
      ),
    })),
    orphans,
    disputed: [...claimed].some(([key, count]) => count > 1 && configured.has(key)),
  };
}

/** A task that stopped for a moment, e.g. because its owner had lost its session, goes back where it was. */
function formerOwners(previous: MemberAssignment | undefined, executors: readonly Member[]): Map<string, string> {
  const memberIds = new Map(executors.map(({ memberId, metadata }) => [metadata.id, memberId]));
  const owners = new Map<string, string>();
  for (const { id, tasks } of previous?.members ?? []) {
    const memberId = memberIds.get(id);
    if (memberId !== undefined) for (const task of tasks) owners.set(taskKey(task), memberId);
  }
  return owners;
}
