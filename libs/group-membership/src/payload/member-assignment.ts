import type { TaskId } from '../task-id.js';
import { decodePayload, encodePayload, numberOr, stringOr } from './json-payload.js';
import type { Role } from './member-metadata.js';
import { fromTaskMap, toTaskMap } from './task-map.js';

/** A member and what it owns. */
export interface ClusterMember {
  readonly id: string;
  readonly role: Role;
  readonly url: string;
  readonly tasks: readonly TaskId[];
}

/** Tasks that wait for their owner's return, or for somebody in its place. */
export interface WaitingTasks {
  /** the owner that went away */
  readonly id: string;
  readonly tasks: readonly TaskId[];
  /** milliseconds since the epoch, by the clock of the member that assigned */
  readonly until: number;
}

/**
 * What a member is given, JSON in UTF-8, gzipped where it is long:
 * `{"version":1,"leaderId":"host:port","leaderUrl":"http://host:port/","leaderMember":"<member id>","configOffset":12,`
 * `"tasks":{"C":[0]},"members":[{"id":"host:port","role":"executor","url":"http://host:port/","tasks":{"C":[0]}}],`
 * `"unassigned":{"C":[1]},"waiting":[{"id":"host:port","tasks":{"C":[1]},"until":<ms>}],"again":false,"delayMs":0}`.
 * Everybody gets everybody's tasks: any member can say who runs what, and can take up the assigning when its turn comes.
 */
export interface MemberAssignment {
  /** null where there is no herder */
  readonly leaderId: string | null;
  readonly leaderUrl: string | null;
  /** the leader's member id: tells it from another process that calls itself the same */
  readonly leaderMember: string | null;
  /** the config topic as the assigning member knew it */
  readonly configOffset: number;
  /** for this member */
  readonly tasks: readonly TaskId[];
  readonly members: readonly ClusterMember[];
  /** configured tasks that nobody has for now */
  readonly unassigned: readonly TaskId[];
  /** those of `unassigned` that wait */
  readonly waiting: readonly WaitingTasks[];
  /** true: tasks were taken from living owners; all join again at once so that they can be given to their new ones */
  readonly again: boolean;
  /** when the next of `waiting` is due; 0: nothing waits */
  readonly delayMs: number;
}

const VERSION = 1;

export function encodeAssignment(assignment: MemberAssignment): Buffer {
  return encodePayload({
    version: VERSION,
    ...assignment,
    tasks: toTaskMap(assignment.tasks),
    members: assignment.members.map((member) => ({ ...member, tasks: toTaskMap(member.tasks) })),
    unassigned: toTaskMap(assignment.unassigned),
    waiting: assignment.waiting.map((entry) => ({ ...entry, tasks: toTaskMap(entry.tasks) })),
  });
}

/** Later versions may add members. Undefined where the bytes are no assignment. */
export function decodeAssignment(bytes: Buffer): MemberAssignment | undefined {
  const json = decodePayload(bytes);
  if (json === undefined || !Array.isArray(json['members'])) return undefined;
  return {
    leaderId: stringOr(json['leaderId'], null),
    leaderUrl: stringOr(json['leaderUrl'], null),
    leaderMember: stringOr(json['leaderMember'], null),
    configOffset: numberOr(json['configOffset'], 0),
    tasks: fromTaskMap(json['tasks']),
    members: objects(json['members']).flatMap(clusterMember),
    unassigned: fromTaskMap(json['unassigned']),
    waiting: objects(json['waiting']).map(({ id, tasks, until }) => ({
      id: stringOr(id, ''),
      tasks: fromTaskMap(tasks),
      until: numberOr(until, 0),
    })),
    again: json['again'] === true,
    delayMs: numberOr(json['delayMs'], 0),
  };
}

function clusterMember({ id, role, url, tasks }: Readonly<Record<string, unknown>>): ClusterMember[] {
  if (typeof id !== 'string' || typeof url !== 'string' || (role !== 'herder' && role !== 'executor')) return [];
  return [{ id, role, url, tasks: fromTaskMap(tasks) }];
}

function objects(value: unknown): Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (entry): entry is Readonly<Record<string, unknown>> => typeof entry === 'object' && entry !== null,
  );
}
