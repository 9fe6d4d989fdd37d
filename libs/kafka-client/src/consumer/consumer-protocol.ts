import type { TopicPartition } from '@tributary/connect-api';
import { byTopic } from '../fetch/fetch-request.js';
import { ByteReader } from '../protocol/byte-reader.js';
import { ByteWriter } from '../protocol/byte-writer.js';

/*
 * What members of groups of type `consumer` tell each other, the same for all clients:
 *
 *   subscription => version int16, [topic], user_data bytes, and from version 1 on more that eager members do not need
 *   assignment   => version int16, [topic [partition]], user_data bytes
 *
 * Version 0 is written; of newer ones the part that all versions share is read.
 */
const VERSION = 0;

export function encodeSubscription(topics: readonly string[]): Buffer {
  return new ByteWriter()
    .int16(VERSION)
    .array(topics, (to, topic) => to.string(topic))
    .nullableBytes(null)
    .result();
}

/** The topics that a member wants. */
export function decodeSubscription(bytes: Buffer): string[] {
  const reader = new ByteReader(bytes);
  reader.int16();
  return reader.array((from) => from.string());
}

export function encodeAssignment(partitions: readonly TopicPartition[]): Buffer {
  return new ByteWriter()
    .int16(VERSION)
    .array([...byTopic(partitions)], (to, [topic, assigned]) =>
      to.string(topic).array(assigned, (into, { partition }) => into.int32(partition)),
    )
    .nullableBytes(null)
    .result();
}

/** No bytes at all mean no partitions. */
export function decodeAssignment(bytes: Buffer): TopicPartition[] {
  if (bytes.length === 0) return [];
  const reader = new ByteReader(bytes);
  reader.int16();
  const partitions: TopicPartition[] = [];
  reader.array((from) => {
    const topic = from.string();
    from.array((each) => partitions.push({ topic, partition: each.int32() }));
  });
  return partitions;
}
