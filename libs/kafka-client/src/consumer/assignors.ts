import type { TopicPartition } from '@tributary/connect-api';
import { loggerFor } from '@tributary/observability';
import type { PropertyReader } from '../properties/property-reader.js';

const log = loggerFor('kafka.consumer');

/** A member as an assignor sees it. */
export interface Subscriber {
  readonly memberId: string;
  readonly instanceId: string | null;
  readonly topics: readonly string[];
}

/** Gives every partition of the wanted topics to one of the members that want it. A pure function of its input. */
export type Assignor = (
  subscribers: readonly Subscriber[],
  partitionCounts: ReadonlyMap<string, number>,
) => Map<string, TopicPartition[]>;

/** Each topic by itself in contiguous ranges: the first members get one partition more where it does not divide evenly. */
export const range: Assignor = (subscribers, partitionCounts) => {
  const assignments = emptyAssignments(subscribers);
  const members = inOrder(subscribers);
  for (const [topic, count] of partitionCounts) {
    const wanting = members.filter((member) => member.topics.includes(topic));
    let partition = 0;
    for (const [index, member] of wanting.entries()) {
      const share = Math.floor(count / wanting.length) + (index < count % wanting.length ? 1 : 0);
      for (const end = partition + share; partition < end; partition++) {
        assignments.get(member.memberId)?.push({ topic, partition });
      }
    }
  }
  return assignments;
};

/** All partitions of all topics dealt out in turn, passing over members that do not want the topic. */
export const roundRobin: Assignor = (subscribers, partitionCounts) => {
  const assignments = emptyAssignments(subscribers);
  const members = inOrder(subscribers);
  let turn = 0;
  for (const topic of [...partitionCounts.keys()].toSorted()) {
    if (!members.some((member) => member.topics.includes(topic))) continue;
    for (let partition = 0; partition < (partitionCounts.get(topic) ?? 0); partition++) {
      while (members[turn % members.length]?.topics.includes(topic) !== true) turn++;
      const member = members[turn++ % members.length];
      if (member !== undefined) assignments.get(member.memberId)?.push({ topic, partition });
    }
  }
  return assignments;
};

/** By the names that members offer to the group. */
export const assignors: ReadonlyMap<string, Assignor> = new Map([
  ['range', range],
  ['roundrobin', roundRobin],
]);

const classNames: ReadonlyMap<string, string> = new Map([
  ['org.apache.kafka.clients.consumer.RangeAssignor', 'range'],
  ['org.apache.kafka.clients.consumer.RoundRobinAssignor', 'roundrobin'],
]);

/** The names of the assignors in `partition.assignment.strategy`, best first; others are passed over with a warning. */
export function configuredAssignors(reader: PropertyReader): string[] {
  const names: string[] = [];
  for (const className of reader.list('partition.assignment.strategy')) {
    const name = classNames.get(className) ?? (assignors.has(className) ? className : undefined);
    if (name === undefined) {
      const supported = [...classNames.keys()];
      log.warn({ assignor: className, supported }, 'this assignor of partition.assignment.strategy is not supported');
    } else if (!names.includes(name)) {
      names.push(name);
    }
  }
  return names.length === 0 ? ['range'] : names;
}

/** Static members by their instance id, before the others, so that their place outlives a restart. */
function inOrder(subscribers: readonly Subscriber[]): Subscriber[] {
  return subscribers.toSorted((one, other) => {
    if ((one.instanceId === null) !== (other.instanceId === null)) return one.instanceId === null ? 1 : -1;
    const [left, right] = [one.instanceId ?? one.memberId, other.instanceId ?? other.memberId];
    return left < right ? -1 : left > right ? 1 : 0;
  });
}

function emptyAssignments(subscribers: readonly Subscriber[]): Map<string, TopicPartition[]> {
  return new Map(subscribers.map(({ memberId }) => [memberId, []]));
}
