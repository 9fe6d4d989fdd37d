import type { TopicPartition, TopicPartitionOffset } from '@tributary/connect-api';
import type { GroupDescription } from '../api.js';
import type { KafkaConnection } from '../connection/kafka-connection.js';
import type { KafkaRequest } from '../connection/request.js';
import { retrying } from '../connection/retrying.js';
import { KafkaError } from '../errors.js';
import { protocolError } from '../protocol/error-codes.js';
import {
  allGroupOffsetsRequest,
  deleteOffsetsRequest,
  outsideCommitRequest,
  type PartitionResult,
} from './group-offset-requests.js';
import { deleteGroupRequest, describeGroupRequest } from './group-requests.js';

/** The part of the admin client that asks the coordinator of a group. */
export class GroupAdmin {
  constructor(
    private readonly connection: KafkaConnection,
    private readonly timeoutMs: number,
  ) {}

  describe(groupId: string): Promise<GroupDescription> {
    const what = `describing group ${groupId}`;
    return this.ask(groupId, what, describeGroupRequest(groupId), ([group]) => {
      if (group === undefined) throw new KafkaError(`${what}: no answer for it`, { retriable: true });
      check(group.errorCode, what);
      const { state, protocolType, members } = group;
      return { state, protocolType, members };
    });
  }

  offsets(groupId: string): Promise<TopicPartitionOffset[]> {
    const what = `reading the offsets of group ${groupId}`;
    return this.ask(groupId, what, allGroupOffsetsRequest(groupId), ({ errorCode, partitions }) => {
      check(errorCode, what);
      checkPartitions(partitions, what);
      return partitions
        .filter(({ offset }) => offset >= 0)
        .map(({ topic, partition, offset }) => ({ topic, partition, offset }));
    });
  }

  async alterOffsets(groupId: string, offsets: readonly TopicPartitionOffset[]): Promise<void> {
    if (offsets.length === 0) return;
    const what = `changing the offsets of group ${groupId}`;
    await this.ask(groupId, what, outsideCommitRequest(groupId, offsets), (answer) =>
      checkPartitions(answer.partitions, what),
    );
  }

  async deleteOffsets(groupId: string, partitions: readonly TopicPartition[]): Promise<void> {
    if (partitions.length === 0) return;
    const what = `deleting offsets of group ${groupId}`;
    await this.ask(groupId, what, deleteOffsetsRequest(groupId, partitions), (answer) => {
      check(answer.errorCode, what);
      const missing = 'UNKNOWN_TOPIC_OR_PARTITION';
      checkPartitions(
        answer.partitions.filter(({ errorCode }) => errorCode === 0 || protocolError(errorCode).name !== missing),
        what,
      );
    });
  }

  async delete(groupId: string): Promise<void> {
    const what = `deleting group ${groupId}`;
    await this.ask(groupId, what, deleteGroupRequest(groupId), ([errorCode = 0]) => {
      if (errorCode !== 0 && protocolError(errorCode).name !== 'GROUP_ID_NOT_FOUND') check(errorCode, what);
    });
  }

  private ask<T, R>(groupId: string, what: string, request: KafkaRequest<T>, read: (answer: T) => R): Promise<R> {
    return retrying(this.connection, { what, timeoutMs: this.timeoutMs }, async () => {
      try {
        const coordinator = await this.connection.coordinator(groupId);
        return read(await this.connection.request(coordinator, request));
      } catch (error) {
        this.connection.forgetCoordinator(groupId);
        throw error;
      }
    });
  }
}

function check(errorCode: number, what: string): void {
  if (errorCode !== 0) throw KafkaError.fromCode(errorCode, what);
}

function checkPartitions(partitions: readonly PartitionResult[], what: string): void {
  for (const { topic, partition, errorCode } of partitions) check(errorCode, `${what} for ${topic}-${partition}`);
}
