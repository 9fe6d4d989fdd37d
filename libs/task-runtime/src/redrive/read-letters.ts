import type { OffsetRange } from '@tributary/kafka-client';
import { topicBounds, type PartitionBounds, type TopicClients } from '../tools/topic-bounds.js';
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

/**
 * Reads the queue with no consumer group until the selection is full or the time is over (`late`). Throws a
 * NotFoundError for a topic or partition that is not there.
 */
export async function readLetters(
  clients: TopicClients,
  topic: string,
  wanted: readonly LetterRange[] | undefined,
  selection: LetterSelection,
  expired: () => boolean,
  signal: AbortSignal,
): Promise<{ readonly ranges: readonly ScannedRange[]; readonly late: boolean }> {
  const bounds = await topicBounds(
    clients,
    topic,
    wanted?.map(({ partition }) => partition),
  );
  const ranges = bounds.map((each, index) => rangeOf(each, topic, wanted?.[index]));
  const scanned = ranges.map(({ partition, start, end }) => ({ partition, from: start, end, scanned: start }));
  const reader = clients.clients.rangeReader(clients.consumer, ranges);
  try {
    while (selection.full === undefined) {
      if (expired()) return { ranges: scanned, late: true };
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
  return { ranges: scanned, late: false };
}

/** The part of what is asked for that is there. */
function rangeOf({ partition, first, end: last }: PartitionBounds, topic: string, wanted?: LetterRange): OffsetRange {
  const start = Math.min(Math.max(wanted?.from ?? 0, first), last);
  const end = Math.min(wanted?.to ?? last, last);
  return { topic, partition, start, end: Math.max(start, end) };
}
