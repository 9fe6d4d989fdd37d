import { DataError } from '@tributary/connect-api';
import type { OutgoingRecord } from '@tributary/kafka-client';
import { expect, it } from 'vitest';
import { LetterSelection } from './letter-selection.js';
import { RedriveLedger } from './redrive-ledger.js';
import { redriveReport, type RedriveOutcome } from './redrive-report.js';

const record = (offset: number) =>
  ({
    topic: 't',
    partition: 0,
    offset,
    timestamp: 1,
    timestampType: 'CreateTime',
    key: null,
    value: null,
    headers: undefined,
  }) as const;

/** Letters 10 to 13 of the queue, about the records 0 to 3. */
function selection(): LetterSelection {
  const made = new LetterSelection('c', { limit: 10, maxRedrives: 3, stage: undefined, exception: undefined });
  for (const offset of [0, 1, 2, 3]) {
    const told = { connector: 'c', stage: 'S', exception: 'E', redrives: 1, of: undefined };
    made.add({ partition: 0, offset: 10 + offset, record: record(offset), ...told });
  }
  return made;
}

/** What is written to the queue where the record fails. */
const dead = (offset: number): OutgoingRecord => ({
  topic: 'dead',
  partition: null,
  key: null,
  value: null,
  timestamp: null,
  headers: Object.entries({
    topic: 't',
    partition: '0',
    offset: String(offset),
    stage: 'TASK_PUT',
    'exception.class.name': 'X',
    'exception.message': 'no',
  }).map(([name, value]) => ({ key: `__connect.errors.${name}`, value })),
});

function outcome(more: Partial<RedriveOutcome> = {}): RedriveOutcome {
  const selected = selection();
  return {
    name: 'c',
    topic: 'dead',
    dryRun: false,
    selection: selected,
    ledger: new RedriveLedger(selected.letters()),
    ranges: [{ partition: 0, from: 10, end: 20, scanned: 14 }],
    end: undefined,
    failure: undefined,
    ...more,
  };
}

const first = ({ selection: made }: RedriveOutcome, count: number) => new Set(made.letters().slice(0, count));

it('tells letters apart by what became of them', () => {
  const run = outcome({ end: 'time' });
  run.ledger.handedOut(first(run, 3));
  const { record: written, written: done } = run.ledger.returning(dead(1));
  done();
  run.ledger.committed([{ topic: 't', partition: 0, offset: 2 }]);
  run.ledger.committed([{ topic: 't', partition: 1, offset: 9 }]);
  expect(written.headers?.slice(-2)).toEqual([
    { key: '__tributary.redrive.count', value: '2' },
    { key: '__tributary.redrive.of', value: '0-11' },
  ]);
  expect(redriveReport(run)).toMatchObject({
    stopped: 'time',
    read: 4,
    selected: 4,
    delivered: 1,
    returned: 1,
    unconfirmed: 1,
    notReached: 1,
    failures: [{ partition: 0, offset: 11, stage: 'TASK_PUT', exception: 'X', message: 'no' }],
    scanned: [{ partition: 0, from: 10, to: 14 }],
    next: [{ partition: 0, from: 12 }],
  });
});

it('goes on behind what was looked at where all is settled', () => {
  const run = outcome();
  run.ledger.handedOut(first(run, 4));
  run.ledger.committed([{ topic: 't', partition: 0, offset: 4 }]);
  expect(redriveReport(run)).toMatchObject({ stopped: 'end', delivered: 4, next: [{ partition: 0, from: 14 }] });
});

it('counts no letter as returned that Kafka refused, and says why a task failed', () => {
  const failure = { error: new Error('outer', { cause: new DataError('inner') }) };
  const run = outcome({ failure });
  run.ledger.handedOut(first(run, 4));
  run.ledger.returning(dead(0)).refused();
  expect(redriveReport(run)).toMatchObject({
    stopped: 'failed',
    error: { exception: 'org.apache.kafka.connect.errors.DataException', message: 'inner' },
    returned: 0,
    unconfirmed: 4,
    failures: [],
    next: [{ partition: 0, from: 10 }],
  });
});

it('leaves a dead letter alone that is about none of the records', () => {
  expect(outcome().ledger.returning(dead(9)).record).toEqual(dead(9));
});
