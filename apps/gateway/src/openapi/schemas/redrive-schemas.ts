import { LETTER_STAGES, REDRIVE_LIMITS } from '@tributary/rest-api';
import { listOf, objectOf, oneOf, text, type Schema } from './schema.js';

const count = (description: string): Schema => ({ type: 'integer', minimum: 0, description });
const optionalCount = (description: string): Schema => ({ type: ['integer', 'null'], minimum: 0, description });
const bounded = ({ usual, most }: { usual: number; most: number }, description: string): Schema => ({
  type: ['integer', 'null'],
  minimum: 1,
  maximum: most,
  default: usual,
  description,
});

interface Range {
  readonly partition: number;
  readonly from?: number | null;
  readonly to?: number | null;
}

interface RedriveRequest {
  readonly dryRun?: boolean | null;
  readonly limit?: number | null;
  readonly seconds?: number | null;
  readonly maxRedrives?: number | null;
  readonly stage?: string | null;
  readonly exception?: string | null;
  readonly partitions?: readonly Range[] | null;
}

interface Skipped {
  readonly otherConnector: number;
  readonly noContext: number;
  readonly otherStage: number;
  readonly otherException: number;
  readonly tooOften: number;
  readonly superseded: number;
}

interface Place {
  readonly partition: number;
  readonly offset: number;
}

interface RedriveReport {
  readonly name: string;
  readonly topic: string;
  readonly dryRun: boolean;
  readonly stopped: string;
  readonly error?: { readonly exception: string; readonly message: string };
  readonly read: number;
  readonly selected: number;
  readonly delivered: number;
  readonly returned: number;
  readonly unconfirmed: number;
  readonly notReached: number;
  readonly skipped: Skipped;
  readonly failures: readonly (Place & {
    readonly stage: string;
    readonly exception: string;
    readonly message: string;
  })[];
  readonly tooOften: readonly (Place & { readonly redrives: number })[];
  readonly scanned: readonly Required<Range>[];
  readonly next: readonly Pick<Required<Range>, 'partition' | 'from'>[];
}

const partition = count('The partition of the queue.');
const offset = count('The offset in it.');
const exception = text("The class of the exception, by the reference's name.");

/** Redrives of dead letters. */
export const redriveSchemas = {
  RedriveRequest: objectOf<RedriveRequest>(
    'Which dead letters go through the connector once more. What is not given is not asked about.',
    {
      dryRun: { type: ['boolean', 'null'], default: false, description: 'Whether only to look which would.' },
      limit: bounded(REDRIVE_LIMITS.limit, 'How many letters at most.'),
      seconds: bounded(REDRIVE_LIMITS.seconds, 'After how many seconds no more letters are taken.'),
      maxRedrives: bounded(REDRIVE_LIMITS.maxRedrives, 'A letter that has been redriven so often is left alone.'),
      stage: oneOf([...LETTER_STAGES, null], 'The stage in which it failed.'),
      exception: { type: ['string', 'null'], description: 'The class of the exception, as the letter tells it.' },
      partitions: {
        type: ['array', 'null'],
        minItems: 1,
        items: objectOf<Range>(
          'A part of a partition.',
          {
            partition,
            from: optionalCount('The offset of the first letter.'),
            to: optionalCount('The offset before which it ends; at most where the queue ends when the run begins.'),
          },
          { optional: ['from', 'to'] },
        ),
        description: 'Parts of the queue; all of it where they are not given.',
      },
    },
    {
      optional: ['dryRun', 'limit', 'seconds', 'maxRedrives', 'stage', 'exception', 'partitions'],
      examples: [{ dryRun: true }, { stage: 'VALUE_CONVERTER', limit: 100, partitions: [{ partition: 0, from: 42 }] }],
    },
  ),
  RedriveReport: objectOf<RedriveReport>(
    'What a redrive did. `selected` is the sum of `delivered`, `returned`, `unconfirmed` and `notReached`.',
    {
      name: text('The name of the connector.'),
      topic: text('The topic of its queue.'),
      dryRun: { type: 'boolean', description: 'Whether nothing was done.' },
      stopped: oneOf(
        ['end', 'limit', 'size', 'time', 'failed'],
        'Why it took no more letters: all that was asked for was looked at, there were enough, they were 64 MiB together, the ' +
          'time was over, or the task failed.',
      ),
      error: objectOf('Why the task failed; only where it did.', { exception, message: text('What it says.') }),
      read: count('Letters that were looked at.'),
      selected: count('Letters that were to go through the connector.'),
      delivered: count('Letters that the task says are durable, or that a transformation dropped.'),
      returned: count('Letters that failed again and are in the queue again.'),
      unconfirmed: count('Letters that the task got, but did not say are durable.'),
      notReached: count('Letters that were not given to the task.'),
      skipped: objectOf<Skipped>('How many letters were left out, and why.', {
        otherConnector: count('They are of another connector.'),
        noContext: count('They do not tell where their records came from.'),
        otherStage: count('They failed in another stage.'),
        otherException: count('They failed with another exception.'),
        tooOften: count('They have been redriven as often as is allowed.'),
        superseded: count('Their records failed again, and a later letter tells of it.'),
      }),
      failures: listOf(
        objectOf<RedriveReport['failures'][number]>('A letter.', {
          partition,
          offset,
          stage: text('Where it failed this time.'),
          exception,
          message: text('What it says.'),
        }),
        'The first hundred that failed again.',
      ),
      tooOften: listOf(
        objectOf<RedriveReport['tooOften'][number]>('A letter.', {
          partition,
          offset,
          redrives: count('How often it has been redriven.'),
        }),
        'The first hundred that have been redriven too often.',
      ),
      scanned: listOf(
        objectOf<RedriveReport['scanned'][number]>('A part of a partition.', {
          partition,
          from: count('The first offset.'),
          to: count('The offset before which it ends.'),
        }),
        'The parts of the queue that were looked at.',
      ),
      next: listOf(
        objectOf<RedriveReport['next'][number]>('Where to go on.', { partition, from: count('The offset.') }),
        '`partitions` of a request that goes on where this one stopped.',
      ),
    },
    { optional: ['error'] },
  ),
} satisfies Record<string, Schema>;
