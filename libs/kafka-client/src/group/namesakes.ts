import { loggerFor } from '@tributary/observability';
import { describeGroupRequest } from '../admin/group-requests.js';
import type { KafkaConnection } from '../connection/kafka-connection.js';
import { retrying } from '../connection/retrying.js';
import { KafkaError } from '../errors.js';
import { leaveGroupRequest } from './group-requests.js';

const log = loggerFor('kafka.group');

/** How long it is tried; afterwards the members go when their sessions end. */
const LIMIT_MS = 5000;

/**
 * Leaves the group in the name of the members that carry `clientId`: earlier runs of a client that died, or that could
 * not reach the coordinator when it ended. Without this everybody would wait for the end of their sessions. Never throws.
 */
export async function removeNamesakes(connection: KafkaConnection, groupId: string, clientId: string): Promise<void> {
  const what = `looking for members left in group ${groupId}`;
  try {
    await retrying(connection, { what, timeoutMs: LIMIT_MS }, async () => {
      const coordinator = await connection.coordinator(groupId);
      const [group] = await connection.request(coordinator, describeGroupRequest(groupId));
      if (group === undefined || group.errorCode !== 0) {
        connection.forgetCoordinator(groupId);
        throw KafkaError.fromCode(group?.errorCode ?? -1, what);
      }
      for (const { memberId } of group.members.filter((member) => member.clientId === clientId)) {
        const member = { groupId, memberId, instanceId: null, generationId: -1 };
        await connection.request(coordinator, leaveGroupRequest(member));
        log.info({ group: groupId, memberId }, 'removed a member that an earlier run has left in the group');
      }
    });
  } catch (error) {
    log.debug({ group: groupId, err: error }, 'members that earlier runs have left stay until their sessions end');
  }
}
