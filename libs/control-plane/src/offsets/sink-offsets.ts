import { BadRequestError } from '@tributary/connect-api';
import type { TopicPartition, TopicPartitionOffset } from '@tributary/connect-api';
import type { ConnectorOffsetsBody, RequestedMap, RequestedOffset } from './requested-offset.js';

const TOPIC = 'kafka_topic';
const PARTITION = 'kafka_partition';
const OFFSET = 'kafka_offset';

/** The offset that a partition is to have; null: none. */
export type SinkOffsets = ReadonlyMap<TopicPartition, number | null>;

/** What a client wants of a sink's consumer group; of the same partition given twice the last counts. */
export function sinkOffsetsFrom(requested: readonly RequestedOffset[]): SinkOffsets {
  const byName = new Map<string, [TopicPartition, number | null]>();
  for (const { partition, offset } of requested) {
    const at = topicPartition(partition);
    byName.set(`${at.topic} ${at.partition}`, [at, offset === null ? null : kafkaOffset(offset)]);
  }
  return new Map(byName.values());
}

/** A consumer group's offsets as clients see them, by topic and partition. */
export function sinkOffsetsBody(offsets: readonly TopicPartitionOffset[]): ConnectorOffsetsBody {
  const sorted = [...offsets].sort((a, b) =>
    a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1,
  );
  return {
    offsets: sorted.map(({ topic, partition, offset }) => ({
      partition: { [PARTITION]: partition, [TOPIC]: topic },
      offset: { [OFFSET]: offset },
    })),
  };
}

function topicPartition(partition: RequestedMap | null): TopicPartition {
  if (partition === null) {
    throw new BadRequestError('The partition for a sink connector offset cannot be null or missing');
  }
  if (!(TOPIC in partition) || !(PARTITION in partition)) {
    throw new BadRequestError(
      `The partition for a sink connector offset must contain the keys '${TOPIC}' and '${PARTITION}'`,
    );
  }
  const topic = partition[TOPIC];
  if (topic === null) throw new BadRequestError('Kafka topic names must be valid strings and may not be null');
  const number = partition[PARTITION];
  if (number === null) throw new BadRequestError('Kafka partitions must be valid numbers and may not be null');
  const parsed = integer(number);
  if (parsed !== undefined && parsed >= -(2n ** 31n) && parsed < 2n ** 31n) {
    return { topic: text(topic), partition: Number(parsed) };
  }
  throw new BadRequestError(
    `Failed to parse the following Kafka partition value in the provided offsets: '${text(number)}'. ` +
      'Partition values for sink connectors need to be integers.',
  );
}

function kafkaOffset(offset: RequestedMap): number {
  if (!(OFFSET in offset)) {
    throw new BadRequestError(`The offset for a sink connector should either be null or contain the key '${OFFSET}'`);
  }
  const parsed = integer(offset[OFFSET]);
  if (parsed !== undefined && Number.isSafeInteger(Number(parsed))) return Number(parsed);
  throw new BadRequestError(
    `Failed to parse the following Kafka offset value in the provided offsets: '${text(offset[OFFSET])}'. ` +
      `Offset values for sink connectors need to be integers${parsed === undefined ? '' : ' up to 2^53'}.`,
  );
}

/** Numbers and numeric strings, as Java reads them; undefined for all else. */
function integer(value: unknown): bigint | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return undefined;
  const digits = String(value);
  return /^[+-]?\d+$/.test(digits) ? BigInt(digits.replace(/^\+/, '')) : undefined;
}

function text(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
