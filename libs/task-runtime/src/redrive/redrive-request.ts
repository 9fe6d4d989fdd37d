import type { Stage } from '@tributary/error-policy';

/** A part of a partition of the queue. */
export interface LetterRange {
  readonly partition: number;
  /** offset of the first letter; undefined: the first that is there */
  readonly from: number | undefined;
  /** offset before which it ends; undefined: the end that the queue has when the run begins */
  readonly to: number | undefined;
}

/** Which dead letters go through the connector once more, and how. */
export interface RedriveRequest {
  /** Only looks which letters would. */
  readonly dryRun: boolean;
  /** at most so many letters */
  readonly limit: number;
  /** no new letter is taken after so many seconds */
  readonly seconds: number;
  /** a letter that has been redriven so often is left alone */
  readonly maxRedrives: number;
  /** undefined: any */
  readonly stage: Stage | undefined;
  /** class name of the exception, as the letter tells it; undefined: any */
  readonly exception: string | undefined;
  /** undefined: all */
  readonly partitions: readonly LetterRange[] | undefined;
}

/** Keys, values and headers of the letters of a run together, in bytes: they are in memory while it lasts. */
export const MAX_LETTERS_BYTES = 64 * 1024 * 1024;

/** Begins the names of the headers below: what a letter tells that came back from a run. */
const PREFIX = '__tributary.redrive.';
/** how often its record has been redriven */
export const COUNT_HEADER = `${PREFIX}count`;
/** the letter that it takes the place of, as `partition-offset` in the queue */
export const OF_HEADER = `${PREFIX}of`;
