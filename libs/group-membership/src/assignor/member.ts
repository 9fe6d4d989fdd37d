import type { MemberMetadata } from '../payload/member-metadata.js';

/** A member as the one that assigns sees it. */
export interface Member {
  /** the broker's name for it */
  readonly memberId: string;
  readonly metadata: MemberMetadata;
}

const byId = (a: Member, b: Member): number =>
  a.metadata.id < b.metadata.id ? -1 : a.metadata.id > b.metadata.id ? 1 : 0;
const byAge = (a: Member, b: Member): number => a.metadata.joinedAt - b.metadata.joinedAt || byId(a, b);

/**
 * One member for each id, in the order of the ids. A host and port can be taken by one process at a time, so the one that
 * joined last is the living one, and the others are what the broker has not yet noticed to be dead.
 */
export function livingMembers(members: readonly Member[]): Member[] {
  const living = new Map<string, Member>();
  for (const member of members) {
    const other = living.get(member.metadata.id);
    if (other === undefined || other.metadata.joinedAt < member.metadata.joinedAt)
      living.set(member.metadata.id, member);
  }
  return [...living.values()].sort(byId);
}

/**
 * The herder that leads: the incumbent, as the members with the latest assignment know it, if it is still there, else the
 * one that has been here longest. Undefined where there is no herder.
 */
export function leaderOf(members: readonly Member[]): Member | undefined {
  const herders = members.filter(({ metadata }) => metadata.role === 'herder');
  const latest = [...members].sort((a, b) => b.metadata.generation - a.metadata.generation || byId(a, b));
  const incumbent = latest.find(({ metadata }) => metadata.leaderId !== null)?.metadata.leaderId;
  return herders.find(({ metadata }) => metadata.id === incumbent) ?? herders.sort(byAge)[0];
}
