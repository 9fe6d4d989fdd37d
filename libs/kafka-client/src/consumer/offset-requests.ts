import type { TopicPartition, TopicPartitionOffset } from '@tributary/connect-api';
import type { KafkaRequest } from '../connection/request.js';
import { byTopic } from '../fetch/fetch-request.js';
import type { MemberIdentity } from '../group/group-requests.js';
import { ByteReader } from '../protocol/byte-reader.js';
import { ByteWriter } from '../protocol/byte-writer.js';

export interface CommitAnswer extends TopicPartition {
  readonly errorCode: number;
}

/**
 * OffsetCommit Request (version 7) => group_id generation_id member_id group_instance_id
 *   [topic [partition committed_offset committed_leader_epoch committed_metadata]]
 * Response => throttle_time_ms [topic [partition error_code]]
 */
export function offsetCommitRequest(
  member: MemberIdentity,
  offsets: readonly TopicPartitionOffset[],
): KafkaRequest<CommitAnswer[]> {
  return {
    apiKey: 8,
    apiVersion: 7,
    name: 'OffsetCommit',
    encode: () =>
      new ByteWriter()
        .string(member.groupId)
        .int32(member.generationId)
        .string(member.memberId)
        .nullableString(member.instanceId)
        .array([...byTopic(offsets)], (to, [topic, committed]) =>
          to
            .string(topic)
            .array(committed, (into, { partition, offset }) =>
              into.int32(partition).int64(offset).int32(-1).string(''),
            ),
        )
        .result(),
    decode: (body) => {
      const reader = new ByteReader(body);
      reader.int32();
      const answers: CommitAnswer[] = [];
      reader.array((from) => {
        const topic = from.string();
        from.array((each) => answers.push({ topic, partition: each.int32(), errorCode: each.int16() }));
      });
      return answers;
    },
  };
}

export interface CommittedAnswer {
  readonly errorCode: number;
  /** offset -1: none was committed */
  readonly offsets: readonly (TopicPartitionOffset & { readonly errorCode: number })[];
}

/**
 * OffsetFetch Request (version 5) => group_id [topic [partition]]
 * Response => throttle_time_ms [topic [partition committed_offset committed_leader_epoch metadata error_code]] error_code
 */
export function offsetFetchRequest(
  groupId: string,
  partitions: readonly TopicPartition[],
): KafkaRequest<CommittedAnswer> {
  return {
    apiKey: 9,
    apiVersion: 5,
    name: 'OffsetFetch',
    encode: () =>
      new ByteWriter()
        .string(groupId)
        .array([...byTopic(partitions)], (to, [topic, wanted]) =>
          to.string(topic).array(wanted, (into, { partition }) => into.int32(partition)),
        )
        .result(),
    decode: (body) => {
      const reader = new ByteReader(body);
      reader.int32();
      const offsets: (TopicPartitionOffset & { errorCode: number })[] = [];
      reader.array((from) => {
        const topic = from.string();
        from.array((each) => {
          const partition = each.int32();
          const offset = each.int64();
          each.int32();
          each.nullableString();
          offsets.push({ topic, partition, offset, errorCode: each.int16() });
        });
      });
      return { errorCode: reader.int16(), offsets };
    },
  };
}
