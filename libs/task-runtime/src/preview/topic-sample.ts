import { BadRequestError } from '@tributary/connect-api';
import type { IncomingRecord, OffsetRange } from '@tributary/kafka-client';
import { copied, sizeOf } from '../tools/read-record.js';
import { topicBounds, type PartitionBounds, type TopicClients } from '../tools/topic-bounds.js';
import { MAX_PREVIEW_BYTES, type TopicSample } from './preview-request.js';

/** The records that a sample asks for, and whether some were left out because they are too large together. */
export interface SampledRecords {
  readonly records: readonly IncomingRecord[];
  readonly cut: boolean;
}

/**
 * Reads the sample with no consumer group: nobody's offsets change. Throws a NotFoundError for a topic or partition that
 * is not there, a BadRequestError for an offset that the partition does not have.
 */
export async function readSample(
  clients: TopicClients,
  topic: string,
  sample: TopicSample,
  signal: AbortSignal,
): Promise<SampledRecords> {
  const { partition } = sample;
  const bounds = await topicBounds(clients, topic, partition === undefined ? undefined : [partition]);
  const ranges = bounds.map((each) => rangeOf(each, topic, sample));
  const reader = clients.clients.rangeReader(clients.consumer, ranges);
  try {
    const read: IncomingRecord[] = [];
    let bytes = 0;
    for (;;) {
      const more = await reader.read(sample.count, signal);
      if (more.length === 0) break;
      for (const record of more) {
        bytes += sizeOf(record);
        if (bytes > MAX_PREVIEW_BYTES) return { records: latest(read, sample), cut: true };
        read.push(copied(record));
      }
      if (sample.offset !== undefined && read.length >= sample.count) break;
    }
    return { records: latest(read, sample), cut: false };
  } finally {
    await reader.close();
  }
}

function rangeOf(
  { partition, first, end }: PartitionBounds,
  topic: string,
  { offset, count }: TopicSample,
): OffsetRange {
  if (offset === undefined) return { topic, partition, start: Math.max(first, end - count), end };
  if (offset >= first && offset < end) return { topic, partition, start: offset, end };
  throw new BadRequestError(
    first === end
      ? `Partition ${partition} of topic ${topic} has no records`
      : `Partition ${partition} of topic ${topic} has no offset ${offset}: it has ${first} to ${end - 1}`,
  );
}

/** The first `count` from an offset on; else the newest of all partitions, the oldest of them first. */
function latest(records: readonly IncomingRecord[], { offset, count }: TopicSample): readonly IncomingRecord[] {
  if (offset !== undefined) return records.slice(0, count);
  return records.toSorted((a, b) => a.timestamp - b.timestamp).slice(-count);
}
