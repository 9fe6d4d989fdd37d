import type { Admin } from '@tributary/kafka-client';
import { PROTOCOL_TYPE } from './cluster-membership.js';
import { decodeAssignment, type ClusterMember } from './payload/member-assignment.js';

/** The cluster as its group shows it to anybody. */
export interface ClusterSnapshot {
  /** undefined where there is no herder */
  readonly leaderId: string | undefined;
  readonly leaderUrl: string | undefined;
  readonly members: readonly ClusterMember[];
}

/** Asks the broker who leads and who runs what, without joining. Undefined while there is no group or it rebalances. */
export async function readCluster(
  admin: Pick<Admin, 'describeGroup'>,
  groupId: string,
): Promise<ClusterSnapshot | undefined> {
  const group = await admin.describeGroup(groupId);
  if (group.state !== 'Stable' || group.protocolType !== PROTOCOL_TYPE) return undefined;
  for (const member of group.members) {
    const assignment = decodeAssignment(member.assignment);
    if (assignment === undefined) continue;
    const { leaderId, leaderUrl, members } = assignment;
    return { leaderId: leaderId ?? undefined, leaderUrl: leaderUrl ?? undefined, members };
  }
  return undefined;
}
