import type { KafkaRequest } from '../connection/request.js';
import { ByteReader } from '../protocol/byte-reader.js';
import { ByteWriter } from '../protocol/byte-writer.js';
import type { AbortedTransaction } from '../records/decode-batch.js';

export type Isolation = 'read_uncommitted' | 'read_committed';

export interface FetchLimits {
  /** how long the broker may wait for `minBytes`, in ms */
  readonly maxWaitMs: number;
  readonly minBytes: number;
  /** of the whole answer; the first batch comes even where it is larger */
  readonly maxBytes: number;
  readonly maxPartitionBytes: number;
  readonly isolation: Isolation;
}

export interface FetchPosition {
  readonly topic: string;
  readonly partition: number;
  readonly fetchOffset: number;
}

export interface FetchedPartition {
  readonly topic: string;
  readonly partition: number;
  readonly errorCode: number;
  /** undefined with read_uncommitted */
  readonly aborted: readonly AbortedTransaction[] | undefined;
  /** a view of the answer: record batches, the last one perhaps cut off */
  readonly records: Buffer;
}

export interface FetchAnswer {
  readonly errorCode: number;
  readonly partitions: readonly FetchedPartition[];
}

/**
 * Fetch Request (version 11) => replica_id max_wait_ms min_bytes max_bytes isolation_level session_id session_epoch
 *   [topic [partition current_leader_epoch fetch_offset log_start_offset partition_max_bytes]] [forgotten] rack_id
 * Response => throttle_time_ms error_code session_id [topic [partition error_code high_watermark last_stable_offset
 *   log_start_offset [producer_id first_offset] preferred_read_replica records]]
 *
 * No fetch session (epoch -1): each request says all that it wants. The order of partitions is kept, so that one that
 * got nothing can be first the next time.
 */
export function fetchRequest(positions: readonly FetchPosition[], limits: FetchLimits): KafkaRequest<FetchAnswer> {
  return {
    apiKey: 1,
    apiVersion: 11,
    name: 'Fetch',
    waitMs: limits.maxWaitMs,
    encode: () => {
      const writer = new ByteWriter(64 + positions.length * 64)
        .int32(-1)
        .int32(limits.maxWaitMs)
        .int32(limits.minBytes)
        .int32(limits.maxBytes)
        .int8(limits.isolation === 'read_committed' ? 1 : 0)
        .int32(0)
        .int32(-1);
      writer.array([...byTopic(positions)], (to, [topic, wanted]) =>
        to
          .string(topic)
          .array(wanted, (into, { partition, fetchOffset }) =>
            into.int32(partition).int32(-1).int64(fetchOffset).int64(-1).int32(limits.maxPartitionBytes),
          ),
      );
      return writer.int32(0).string('').result();
    },
    decode: (body) => {
      const reader = new ByteReader(body);
      reader.int32();
      const errorCode = reader.int16();
      reader.int32();
      const partitions: FetchedPartition[] = [];
      reader.array((from) => {
        const topic = from.string();
        from.array((each) => partitions.push(readPartition(each, topic, limits.isolation)));
      });
      return { errorCode, partitions };
    },
  };
}

function readPartition(reader: ByteReader, topic: string, isolation: Isolation): FetchedPartition {
  const partition = reader.int32();
  const errorCode = reader.int16();
  reader.int64();
  reader.int64();
  reader.int64();
  const aborted = reader.array((from) => ({ producerId: from.int64(), firstOffset: from.int64() }));
  aborted.sort((one, other) => one.firstOffset - other.firstOffset);
  reader.int32();
  const records = reader.nullableBytes() ?? Buffer.alloc(0);
  return { topic, partition, errorCode, aborted: isolation === 'read_committed' ? aborted : undefined, records };
}

/** Neighbours of one topic together, in the order given. */
export function byTopic<T extends { readonly topic: string }>(items: readonly T[]): Map<string, T[]> {
  const topics = new Map<string, T[]>();
  for (const item of items) {
    const list = topics.get(item.topic);
    if (list === undefined) topics.set(item.topic, [item]);
    else list.push(item);
  }
  return topics;
}
