import type { SourceRecord } from '@tributary/connect-api';
import type { RequestedBoundaries, TransactionEnd } from './requested-boundaries.js';

/** Says when transactions end. Each method is asked once at its place; undefined: the transaction goes on. */
export interface TransactionBoundary {
  /** Records are to come. */
  begin(): void;
  /** Whether something may be asked for right after this record. */
  endsAt(record: SourceRecord): boolean;
  afterRecord(record: SourceRecord): TransactionEnd | undefined;
  /** After all that a poll returned. */
  afterPoll(): TransactionEnd | undefined;
  /** After a poll that returned nothing. */
  afterNothing(): TransactionEnd | undefined;
  /** The task is about to rest, or it ends in good order. */
  atEnd(): TransactionEnd | undefined;
}

/** After each poll. */
export const afterEachPoll: TransactionBoundary = {
  begin: () => undefined,
  endsAt: () => false,
  afterRecord: () => undefined,
  afterPoll: () => 'commit',
  afterNothing: () => undefined,
  atEnd: () => 'commit',
};

/** After the first poll that ends when so much time has passed, also if it returns nothing: an open transaction times out. */
export function afterInterval(intervalMs: number, now: () => number = () => performance.now()): TransactionBoundary {
  let last = now();
  const due = (): TransactionEnd | undefined => {
    if (now() < last + intervalMs) return undefined;
    last = now();
    return 'commit';
  };
  return {
    begin: () => void (last = now()),
    endsAt: () => false,
    afterRecord: () => undefined,
    afterPoll: due,
    afterNothing: due,
    atEnd: () => 'commit',
  };
}

/** Where the task says. What it has not asked to commit is not committed when it rests or ends. */
export function asRequested(requests: RequestedBoundaries): TransactionBoundary {
  return {
    begin: () => undefined,
    endsAt: (record) => requests.has(record),
    afterRecord: (record) => requests.takeAfter(record),
    afterPoll: () => requests.takeBatch(),
    afterNothing: () => undefined,
    atEnd: () => requests.takeBatch(),
  };
}
