import type { TopicPartitionOffset } from '@tributary/connect-api';
import { letterHeaders } from '@tributary/error-policy';
import type { OutgoingRecord } from '@tributary/kafka-client';
import { nameOf } from './letter.js';
import type { SelectedLetter } from './letter-selection.js';
import { COUNT_HEADER, OF_HEADER } from './redrive-request.js';

/** What became of a letter: still to come, with the task, said by the task to be durable, or failed and in the queue again. */
export type Outcome = 'notReached' | 'unconfirmed' | 'delivered' | 'returned';

/** A letter that failed again. */
export interface ReturnedLetter {
  readonly partition: number;
  readonly offset: number;
  readonly stage: string;
  readonly exception: string;
  readonly message: string;
}

interface Entry {
  readonly letter: SelectedLetter;
  outcome: Outcome;
}

/** Keeps account of the letters of a run. */
export class RedriveLedger {
  readonly returned: ReturnedLetter[] = [];
  private readonly entries: readonly Entry[];
  private readonly byPlace = new Map<string, Entry[]>();

  constructor(letters: readonly SelectedLetter[]) {
    this.entries = letters.map((letter) => ({ letter, outcome: 'notReached' }));
    for (const entry of this.entries) {
      const place = placeOf(entry.letter.record);
      this.byPlace.set(place, [...(this.byPlace.get(place) ?? []), entry]);
    }
  }

  /** These are given to the pipeline. */
  handedOut(letters: ReadonlySet<SelectedLetter>): void {
    for (const entry of this.entries) if (letters.has(entry.letter)) entry.outcome = 'unconfirmed';
  }

  /** The task says that what was before these offsets is durable. */
  committed(offsets: readonly TopicPartitionOffset[]): void {
    for (const { topic, partition, offset } of offsets) {
      for (const entry of this.entries) {
        const { record } = entry.letter;
        const before = record.topic === topic && record.partition === partition && record.offset < offset;
        if (before && entry.outcome === 'unconfirmed') entry.outcome = 'delivered';
      }
    }
  }

  /**
   * A record that failed is about to be written to the queue: how it is to be written, with headers that tell how often it
   * has been redriven and which letter it takes the place of, and what to call when it is there, or cannot be.
   */
  returning(outgoing: OutgoingRecord): { readonly record: OutgoingRecord; written(): void; refused(): void } {
    const context = contextOf(outgoing);
    const entry = this.entryOf(context);
    if (entry === undefined) return { record: outgoing, written: () => undefined, refused: () => undefined };
    const { letter, outcome } = entry;
    entry.outcome = 'returned';
    const told = [
      { key: COUNT_HEADER, value: String(letter.redrives + 1) },
      { key: OF_HEADER, value: nameOf(letter) },
    ];
    const text = (name: string): string => context.get(name) ?? '';
    return {
      record: { ...outgoing, headers: [...(outgoing.headers ?? []), ...told] },
      written: () => {
        const [stage, exception, message] = [text('stage'), text('exception.class.name'), text('exception.message')];
        this.returned.push({ partition: letter.partition, offset: letter.offset, stage, exception, message });
      },
      refused: () => (entry.outcome = outcome),
    };
  }

  count(outcome: Outcome): number {
    return this.entries.filter((entry) => entry.outcome === outcome).length;
  }

  /** The first letter of the partition that must be redriven once more; undefined: none. */
  firstLeft(partition: number): number | undefined {
    const left = this.entries.filter(
      ({ letter, outcome }) =>
        letter.partition === partition && (outcome === 'notReached' || outcome === 'unconfirmed'),
    );
    return left.length === 0 ? undefined : Math.min(...left.map(({ letter }) => letter.offset));
  }

  /** By the place of its record: of several letters about one record, the first that is not in the queue again. */
  private entryOf(context: ReadonlyMap<string, string | null>): Entry | undefined {
    const [partition, offset] = [context.get('partition'), context.get('offset')];
    const entries = this.byPlace.get(placeOf({ topic: context.get('topic') ?? '', partition, offset }));
    return entries?.find(({ outcome }) => outcome !== 'returned');
  }
}

function contextOf({ headers = [] }: OutgoingRecord): ReadonlyMap<string, string | null> {
  const read = headers.map(({ key, value }) => ({ key, value: value === null ? null : Buffer.from(value) }));
  return letterHeaders(read).context;
}

/** Text that is unique for the place of a record; offsets may be texts, as headers have them. */
function placeOf(at: { topic: string; partition: unknown; offset: unknown }): string {
  return `${String(at.partition)} ${String(at.offset)} ${at.topic}`;
}
