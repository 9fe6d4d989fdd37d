import { referenceClassOf } from '@tributary/connect-api';
import type { LetterSelection, Skipped } from './letter-selection.js';
import type { ScannedRange } from './read-letters.js';
import type { RedriveLedger, ReturnedLetter } from './redrive-ledger.js';

/** So many letters of a kind are named one by one. */
const MAX_NAMED = 100;

/** Why a run took no more letters. */
export type RedriveEnd = 'end' | 'limit' | 'size' | 'time' | 'failed';

/** What a run did, as clients see it. */
export interface RedriveReport {
  readonly name: string;
  readonly topic: string;
  readonly dryRun: boolean;
  /**
   * end: all of what was asked for was looked at; limit, size: there were enough letters; time: the time was over;
   * failed: the task failed, `error` says why
   */
  readonly stopped: RedriveEnd;
  readonly error?: { readonly exception: string; readonly message: string };
  /** letters that were looked at, and those of them that the request was about */
  readonly read: number;
  readonly selected: number;
  /** the task said that they are durable, or a transformation dropped them */
  readonly delivered: number;
  /** failed again, and written to the queue again */
  readonly returned: number;
  /** given to the task, which did not say that they are durable */
  readonly unconfirmed: number;
  readonly notReached: number;
  readonly skipped: Skipped;
  /** the first of those that failed again, by the place of the letter that was redriven */
  readonly failures: readonly ReturnedLetter[];
  /** the first of those that were left alone because they have been redriven too often */
  readonly tooOften: readonly { readonly partition: number; readonly offset: number; readonly redrives: number }[];
  /** the parts of the queue that were looked at, from `from` to before `to` */
  readonly scanned: readonly { readonly partition: number; readonly from: number; readonly to: number }[];
  /** where the next run goes on, as a request has it: from there on is what was not settled */
  readonly next: readonly { readonly partition: number; readonly from: number }[];
}

/** What is known when a run is over. */
export interface RedriveOutcome {
  readonly name: string;
  readonly topic: string;
  readonly dryRun: boolean;
  readonly selection: LetterSelection;
  readonly ledger: RedriveLedger;
  readonly ranges: readonly ScannedRange[];
  readonly end: 'time' | undefined;
  readonly failure: { readonly error: unknown } | undefined;
}

export function redriveReport(outcome: RedriveOutcome): RedriveReport {
  const { name, topic, dryRun, selection, ledger, ranges, end, failure } = outcome;
  return {
    name,
    topic,
    dryRun,
    stopped: failure === undefined ? (end ?? selection.full ?? 'end') : 'failed',
    ...(failure === undefined ? {} : { error: told(failure.error) }),
    read: selection.read,
    selected: selection.letters().length,
    delivered: ledger.count('delivered'),
    returned: ledger.count('returned'),
    unconfirmed: ledger.count('unconfirmed'),
    notReached: ledger.count('notReached'),
    skipped: selection.skipped,
    failures: ledger.returned.slice(0, MAX_NAMED),
    tooOften: selection.tooOften
      .slice(0, MAX_NAMED)
      .map(({ partition, offset, redrives }) => ({ partition, offset, redrives })),
    scanned: ranges.map(({ partition, from, scanned }) => ({ partition, from, to: scanned })),
    next: ranges.map(({ partition, scanned }) => ({ partition, from: ledger.firstLeft(partition) ?? scanned })),
  };
}

/** The innermost cause says most. */
function told(error: unknown): { exception: string; message: string } {
  let inner = error;
  while (inner instanceof Error && inner.cause !== undefined && inner.cause !== null) inner = inner.cause;
  return { exception: referenceClassOf(inner), message: inner instanceof Error ? inner.message : String(inner) };
}
