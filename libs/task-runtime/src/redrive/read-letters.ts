import { BadRequestError, NotFoundError } from '@tributary/connect-api';
import type { Admin, ClientProperties, KafkaClientFactory, OffsetRange } from '@tributary/kafka-client';
import { letterOf } from './letter.js';
import type { LetterSelection } from './letter-selection.js';
import type { LetterRange } from './redrive-request.js';

const BATCH = 500;

/** A part of the queue that a run looks at, and how far it came. */
export interface ScannedRange {
  readonly partition: number;
  /** offset of the first letter */
  readonly from: number;
  /** fixed when the run begins: what is written later belongs to the next one */
  readonly end: number;
  /** all letters before this offset have been looked at */
  scanned: number;
}

/** How to reach the queue: as the connector's own clients would. */
export interface QueueClients {
  readonly clients: KafkaClientFactory;
  readonly consumer: ClientProperties;
  readonly admin: ClientProperties;
}

/**
 * Reads the queue with no consumer group until the selection is full. Throws a NotFoundError where the topic is not there,
 * a BadRequestError for a partition that it does not have.
 */
export async function readLetters(
  { clients, consumer, admin: adminProperties }: QueueClients,
  topic: string,
  wanted: readonly LetterRange[] | undefined,
  selection: LetterSelection,
  signal: AbortSignal,
): Promise<readonly ScannedRange[]> {
  const admin = clients.admin(adminProperties);
  const isolation = consumer['isolation.level'] === 'read_committed' ? 'read_committed' : 'read_uncommitted';
  let ranges: readonly OffsetRange[];
  try {
    ranges = await rangesOf(admin, topic, wanted, isolation);
  } finally {
    await admin.close();
  }
  const scanned = ranges.map(({ partition, start, end }) => ({ partition, from: start, end, scanned: start }));
  const reader = clients.rangeReader(consumer, ranges);
  try {
    while (selection.full === undefined) {
      const records = await reader.read(BATCH, signal);
      if (records.length === 0) {
        for (const range of scanned) range.scanned = range.end;
        break;
      }
      for (const record of records) {
        if (selection.full !== undefined) break;
        selection.add(letterOf(record));
        const range = scanned.find(({ partition }) => partition === record.partition);
        if (range !== undefined) range.scanned = record.offset + 1;
      }
    }
  } finally {
    await reader.close();
  }
  return scanned;
}

async function rangesOf(
  admin: Admin,
  topic: string,
  wanted: readonly LetterRange[] | undefined,
  isolation: 'read_committed' | 'read_uncommitted',
): Promise<OffsetRange[]> {
  const count = (await admin.partitionCounts([topic])).get(topic);
  if (count === undefined) throw new NotFoundError(`Topic ${topic}, the dead letter queue, not found`);
  const asked =
    wanted ?? Array.from({ length: count }, (_, partition) => ({ partition, from: undefined, to: undefined }));
  const unknown = asked.find(({ partition }) => partition >= count);
  if (unknown !== undefined) {
    throw new BadRequestError(`Topic ${topic} has no partition ${unknown.partition}: it has ${count}, from 0`);
  }
  const partitions = asked.map(({ partition }) => ({ topic, partition }));
  const [starts, ends] = await Promise.all([
    admin.listOffsets(partitions, 'earliest'),
    admin.listOffsets(partitions, 'latest', isolation),
  ]);
  const at = (offsets: typeof starts, partition: number): number =>
    offsets.find((each) => each.partition === partition)?.offset ?? 0;
  return asked.map(({ partition, from, to }) => {
    const last = at(ends, partition);
    const end = Math.min(to ?? last, last);
    const start = Math.min(Math.max(from ?? 0, at(starts, partition)), last);
    return { topic, partition, start, end: Math.max(start, end) };
  });
}
