import type { TopicPartition, TopicPartitionOffset } from '@tributary/connect-api';
import type { KafkaConnection } from '../connection/kafka-connection.js';
import type { KafkaRequest } from '../connection/request.js';
import { KafkaError } from '../errors.js';
import { ByteReader } from '../protocol/byte-reader.js';
import { ByteWriter } from '../protocol/byte-writer.js';
import { byTopic, type Isolation } from './fetch-request.js';

/** An end of a partition, or the first record that is not older than a time (ms since the epoch). */
export type OffsetPlace = 'earliest' | 'latest' | number;

interface ListedOffset extends TopicPartitionOffset {
  readonly errorCode: number;
}

/**
 * Looks the offsets up at the leaders, in one attempt. `latest` with read_committed is where the first undecided
 * transaction begins. A time after the last record gives -1.
 */
export async function listOffsets(
  connection: KafkaConnection,
  partitions: readonly TopicPartition[],
  place: OffsetPlace,
  isolation: Isolation,
): Promise<TopicPartitionOffset[]> {
  const byLeader = new Map<number, TopicPartition[]>();
  for (const wanted of partitions) {
    const leader = await connection.leaderOf(wanted.topic, wanted.partition);
    const list = byLeader.get(leader);
    if (list === undefined) byLeader.set(leader, [wanted]);
    else list.push(wanted);
  }
  try {
    const answers = await Promise.all(
      [...byLeader].map(([leader, wanted]) => connection.request(leader, listOffsetsRequest(wanted, place, isolation))),
    );
    return answers.flat().map(({ topic, partition, offset, errorCode }) => {
      if (errorCode !== 0) throw KafkaError.fromCode(errorCode, `looking up offsets of ${topic}-${partition}`);
      return { topic, partition, offset };
    });
  } catch (error) {
    // Another broker may lead by now.
    for (const topic of byTopic(partitions).keys()) connection.forgetTopic(topic);
    throw error;
  }
}

/**
 * ListOffsets Request (version 3) => replica_id isolation_level [topic [partition timestamp]]; -1 latest, -2 earliest
 * Response => throttle_time_ms [topic [partition error_code timestamp offset]]
 */
function listOffsetsRequest(
  partitions: readonly TopicPartition[],
  place: OffsetPlace,
  isolation: Isolation,
): KafkaRequest<ListedOffset[]> {
  const timestamp = place === 'latest' ? -1 : place === 'earliest' ? -2 : place;
  return {
    apiKey: 2,
    apiVersion: 3,
    name: 'ListOffsets',
    encode: () =>
      new ByteWriter()
        .int32(-1)
        .int8(isolation === 'read_committed' ? 1 : 0)
        .array([...byTopic(partitions)], (to, [topic, wanted]) =>
          to.string(topic).array(wanted, (into, { partition }) => into.int32(partition).int64(timestamp)),
        )
        .result(),
    decode: (body) => {
      const reader = new ByteReader(body);
      reader.int32();
      const offsets: ListedOffset[] = [];
      reader.array((from) => {
        const topic = from.string();
        from.array((each) => {
          const partition = each.int32();
          const errorCode = each.int16();
          each.int64();
          offsets.push({ topic, partition, errorCode, offset: each.int64() });
        });
      });
      return offsets;
    },
  };
}
