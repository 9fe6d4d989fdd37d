import { ByteReader } from '../protocol/byte-reader.js';
import { ByteWriter } from '../protocol/byte-writer.js';
import type { KafkaRequest } from '../connection/request.js';

export interface ProduceEntry {
  readonly topic: string;
  readonly partition: number;
  readonly bytes: Buffer;
}

export interface PartitionAnswer {
  readonly topic: string;
  readonly partition: number;
  readonly errorCode: number;
  readonly baseOffset: number;
  /** -1: the records keep their own timestamps */
  readonly appendTime: number;
  /** the records at fault by their position in the batch, where the broker says so */
  readonly recordErrors: readonly { readonly position: number; readonly message: string | null }[];
  readonly errorMessage: string | null;
}

export const PRODUCE = { apiKey: 0, min: 3, max: 8 } as const;

/**
 * Produce Request (versions 3 to 8) => transactional_id acks timeout_ms [topic [partition records]]
 * Response => [topic [partition error_code base_offset log_append_time log_start_offset(5+) [batch_index message](8+)
 *   error_message(8+)]] throttle_time_ms
 */
export function produceRequest(
  version: number,
  entries: readonly ProduceEntry[],
  options: { readonly acks: number; readonly timeoutMs: number; readonly transactionalId: string | null },
): KafkaRequest<PartitionAnswer[]> {
  return {
    apiKey: PRODUCE.apiKey,
    apiVersion: version,
    name: 'Produce',
    expectResponse: options.acks !== 0,
    encode: () => {
      const topics = new Map<string, ProduceEntry[]>();
      for (const entry of entries) {
        const list = topics.get(entry.topic);
        if (list === undefined) topics.set(entry.topic, [entry]);
        else list.push(entry);
      }
      const parts: Buffer[] = [];
      let writer = new ByteWriter(64);
      writer.nullableString(options.transactionalId).int16(options.acks).int32(options.timeoutMs).int32(topics.size);
      for (const [topic, partitions] of topics) {
        writer.string(topic).int32(partitions.length);
        for (const { partition, bytes } of partitions) {
          parts.push(writer.int32(partition).int32(bytes.length).result(), bytes);
          writer = new ByteWriter(64);
        }
      }
      return parts;
    },
    decode: (body) => {
      if (options.acks === 0) return [];
      const reader = new ByteReader(body);
      return reader
        .array((from) => {
          const topic = from.string();
          return from.array(() => readPartition(from, topic, version));
        })
        .flat();
    },
  };
}

function readPartition(reader: ByteReader, topic: string, version: number): PartitionAnswer {
  const partition = reader.int32();
  const errorCode = reader.int16();
  const baseOffset = reader.int64();
  const appendTime = reader.int64();
  if (version >= 5) reader.int64();
  const recordErrors =
    version >= 8 ? reader.array((from) => ({ position: from.int32(), message: from.nullableString() })) : [];
  const errorMessage = version >= 8 ? reader.nullableString() : null;
  return { topic, partition, errorCode, baseOffset, appendTime, recordErrors, errorMessage };
}
