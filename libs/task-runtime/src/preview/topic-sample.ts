import { BadRequestError, NotFoundError } from '@tributary/connect-api';
import type { Admin, IncomingRecord, KafkaClientFactory, OffsetRange } from '@tributary/kafka-client';
import { MAX_PREVIEW_BYTES, type TopicSample } from './preview-request.js';

/** How to reach the topic: as the connector's own clients would. */
export interface SampleClients {
  readonly clients: KafkaClientFactory;
  readonly consumer: Readonly<Record<string, string>>;
  readonly admin: Readonly<Record<string, string>>;
}

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
  { clients, consumer, admin: adminProperties }: SampleClients,
  topic: string,
  sample: TopicSample,
  signal: AbortSignal,
): Promise<SampledRecords> {
  const admin = clients.admin(adminProperties);
  let ranges: readonly OffsetRange[];
  try {
    const isolation = consumer['isolation.level'] === 'read_committed' ? 'read_committed' : 'read_uncommitted';
    ranges = await rangesOf(admin, topic, sample, isolation);
  } finally {
    await admin.close();
  }
  const reader = clients.rangeReader(consumer, ranges);
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

async function rangesOf(
  admin: Admin,
  topic: string,
  sample: TopicSample,
  isolation: 'read_committed' | 'read_uncommitted',
): Promise<OffsetRange[]> {
  const count = (await admin.partitionCounts([topic])).get(topic);
  if (count === undefined) throw new NotFoundError(`Topic ${topic} not found`);
  const { partition, offset } = sample;
  if (partition !== undefined && partition >= count) {
    throw new NotFoundError(`Topic ${topic} has no partition ${partition}: it has ${count}, from 0`);
  }
  const numbers = partition === undefined ? Array.from({ length: count }, (_, number) => number) : [partition];
  const partitions = numbers.map((number) => ({ topic, partition: number }));
  const [starts, ends] = await Promise.all([
    admin.listOffsets(partitions, 'earliest'),
    admin.listOffsets(partitions, 'latest', isolation),
  ]);
  return ends.map(({ partition: number, offset: end }) => {
    const first = starts.find((each) => each.partition === number)?.offset ?? 0;
    if (offset === undefined) return { topic, partition: number, start: Math.max(first, end - sample.count), end };
    if (offset >= first && offset < end) return { topic, partition: number, start: offset, end };
    throw new BadRequestError(
      first === end
        ? `Partition ${number} of topic ${topic} has no records`
        : `Partition ${number} of topic ${topic} has no offset ${offset}: it has ${first} to ${end - 1}`,
    );
  });
}

/** The first `count` from an offset on; else the newest of all partitions, the oldest of them first. */
function latest(records: readonly IncomingRecord[], { offset, count }: TopicSample): readonly IncomingRecord[] {
  if (offset !== undefined) return records.slice(0, count);
  return records.toSorted((a, b) => a.timestamp - b.timestamp).slice(-count);
}

/** What was read lies in a buffer that is used again. */
function copied(record: IncomingRecord): IncomingRecord {
  const copy = (bytes: Buffer | null): Buffer | null => bytes && Buffer.from(bytes);
  return {
    ...record,
    key: copy(record.key),
    value: copy(record.value),
    headers: record.headers?.map(({ key, value }) => ({ key, value: copy(value) })),
  };
}

function sizeOf({ key, value, headers = [] }: IncomingRecord): number {
  const ofHeaders = headers.reduce((sum, header) => sum + header.key.length + (header.value?.length ?? 0), 0);
  return (key?.length ?? 0) + (value?.length ?? 0) + ofHeaders;
}
