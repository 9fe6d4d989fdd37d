import type { TopicPartition, TopicPartitionOffset } from '@tributary/connect-api';
import type { KafkaRequest } from '../connection/request.js';
import { ByteReader } from '../protocol/byte-reader.js';
import { ByteWriter } from '../protocol/byte-writer.js';

export interface PartitionResult extends TopicPartition {
  readonly errorCode: number;
}

/** `errorCode` is the whole answer's, those of the partitions are their own. */
export interface GroupAnswer<T> {
  readonly errorCode: number;
  readonly partitions: readonly T[];
}

/**
 * OffsetFetch Request (version 5) => group_id [topic [partition]]; null: all
 * Response => throttle_time_ms [topic [partition committed_offset leader_epoch metadata error_code]] error_code
 */
export function allGroupOffsetsRequest(
  groupId: string,
): KafkaRequest<GroupAnswer<PartitionResult & TopicPartitionOffset>> {
  return {
    apiKey: 9,
    apiVersion: 5,
    name: 'OffsetFetch',
    encode: () => new ByteWriter().string(groupId).int32(-1).result(),
    decode: (body) => {
      const reader = new ByteReader(body);
      reader.int32();
      const partitions = readPartitions(reader, (from, topic) => {
        const partition = from.int32();
        const offset = from.int64();
        from.int32();
        from.nullableString();
        return { topic, partition, offset, errorCode: from.int16() };
      });
      return { partitions, errorCode: reader.int16() };
    },
  };
}

/**
 * OffsetCommit Request (version 7) => group_id generation_id member_id group_instance_id [topic [partition offset
 *   leader_epoch metadata]]; generation -1 and no member: from outside the group, which must have no members
 * Response => throttle_time_ms [topic [partition error_code]]
 */
export function outsideCommitRequest(
  groupId: string,
  offsets: readonly TopicPartitionOffset[],
): KafkaRequest<GroupAnswer<PartitionResult>> {
  return {
    apiKey: 8,
    apiVersion: 7,
    name: 'OffsetCommit',
    encode: () =>
      new ByteWriter()
        .string(groupId)
        .int32(-1)
        .string('')
        .nullableString(null)
        .array(grouped(offsets), (to, [topic, list]) =>
          to
            .string(topic)
            .array(list, (into, { partition, offset }) => into.int32(partition).int64(offset).int32(-1).string('')),
        )
        .result(),
    decode: (body) => {
      const reader = new ByteReader(body);
      reader.int32();
      return { errorCode: 0, partitions: readPartitions(reader, readResult) };
    },
  };
}

/**
 * OffsetDelete Request (version 0) => group_id [topic [partition]]
 * Response => error_code throttle_time_ms [topic [partition error_code]]
 */
export function deleteOffsetsRequest(
  groupId: string,
  partitions: readonly TopicPartition[],
): KafkaRequest<GroupAnswer<PartitionResult>> {
  return {
    apiKey: 47,
    apiVersion: 0,
    name: 'OffsetDelete',
    encode: () =>
      new ByteWriter()
        .string(groupId)
        .array(grouped(partitions), (to, [topic, list]) =>
          to.string(topic).array(list, (into, { partition }) => into.int32(partition)),
        )
        .result(),
    decode: (body) => {
      const reader = new ByteReader(body);
      const errorCode = reader.int16();
      reader.int32();
      return { errorCode, partitions: readPartitions(reader, readResult) };
    },
  };
}

function grouped<T extends TopicPartition>(items: readonly T[]): [string, T[]][] {
  const topics = new Map<string, T[]>();
  for (const item of items) topics.set(item.topic, [...(topics.get(item.topic) ?? []), item]);
  return [...topics];
}

function readPartitions<T>(reader: ByteReader, read: (reader: ByteReader, topic: string) => T): T[] {
  return reader
    .array((from) => {
      const topic = from.string();
      return from.array(() => read(from, topic));
    })
    .flat();
}

function readResult(reader: ByteReader, topic: string): PartitionResult {
  return { topic, partition: reader.int32(), errorCode: reader.int16() };
}
