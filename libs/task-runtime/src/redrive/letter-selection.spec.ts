import type { IncomingRecord } from '@tributary/kafka-client';
import { expect, it } from 'vitest';
import { letterOf, type Letter } from './letter.js';
import { LetterSelection } from './letter-selection.js';

/** A letter of the connector `c` at this offset of the queue. */
function letter(offset: number, more: Readonly<Record<string, string | undefined>> = {}, value = 'v'): Letter {
  const told = {
    '__connect.errors.topic': 't',
    '__connect.errors.partition': '0',
    '__connect.errors.offset': String(100 - offset),
    '__connect.errors.connector.name': 'c',
    '__connect.errors.stage': 'TRANSFORMATION',
    '__connect.errors.exception.class.name': 'E',
    ...more,
  };
  const headers = Object.entries(told).flatMap(([key, text]) =>
    text === undefined ? [] : [{ key, value: Buffer.from(text) }],
  );
  const read: IncomingRecord = {
    topic: 'dead',
    partition: 1,
    offset,
    timestamp: 5,
    timestampType: 'CreateTime',
    key: null,
    value: Buffer.from(value),
    headers: [{ key: 'own', value: null }, ...headers],
  };
  return letterOf(read);
}

const REQUEST = { limit: 10, maxRedrives: 3, stage: undefined, exception: undefined };
function select(letters: readonly Letter[], more: Partial<ConstructorParameters<typeof LetterSelection>[1]> = {}) {
  const selection = new LetterSelection('c', { ...REQUEST, ...more });
  for (const each of letters) if (selection.full === undefined) selection.add(each);
  return selection;
}
const offsets = (selection: LetterSelection) => selection.letters().map(({ offset }) => offset);
const count = (redrives: string, of?: string) => ({
  '__tributary.redrive.count': redrives,
  '__tributary.redrive.of': of,
});

it('makes the record of a letter what it was when it was read', () => {
  expect(letter(1, count('2', '1-0'))).toEqual({
    partition: 1,
    offset: 1,
    record: {
      topic: 't',
      partition: 0,
      offset: 99,
      timestamp: 5,
      timestampType: 'CreateTime',
      key: null,
      value: Buffer.from('v'),
      headers: [{ key: 'own', value: null }],
    },
    connector: 'c',
    stage: 'TRANSFORMATION',
    exception: 'E',
    redrives: 2,
    of: '1-0',
  });
  expect(letter(1, { '__connect.errors.offset': 'x' })).toMatchObject({ record: undefined, redrives: 0 });
});

it('gives letters in the order of the records that they are about', () => {
  expect(offsets(select([letter(1), letter(2), letter(3, { '__connect.errors.topic': 's' })]))).toEqual([3, 2, 1]);
});

it('says why letters are left out', () => {
  const selection = select(
    [
      letter(1, { '__connect.errors.connector.name': 'other' }),
      letter(2, { '__connect.errors.topic': undefined }),
      letter(3, { '__connect.errors.stage': 'KEY_CONVERTER' }),
      letter(4, { '__connect.errors.exception.class.name': 'F' }),
      letter(5, count('3')),
      letter(6, count('2')),
    ],
    { stage: 'TRANSFORMATION', exception: 'E' },
  );
  expect(offsets(selection)).toEqual([6]);
  expect(selection.read).toBe(6);
  expect(selection.skipped).toEqual({
    otherConnector: 1,
    noContext: 1,
    otherStage: 1,
    otherException: 1,
    tooOften: 1,
    superseded: 0,
  });
  expect(selection.tooOften.map(({ offset }) => offset)).toEqual([5]);
});

it('goes by the last letter of a record, also where that is left alone', () => {
  const chain = [letter(1), letter(2), letter(3, count('1', '1-1')), letter(4, count('2', '1-3'))];
  expect(offsets(select(chain))).toEqual([4, 2]);
  const ended = select([...chain, letter(5, count('3', '1-4'))]);
  expect(offsets(ended)).toEqual([2]);
  expect(ended.skipped).toMatchObject({ superseded: 3, tooOften: 1 });
  const foreign = { ...count('1', '1-1'), '__connect.errors.connector.name': 'other' };
  expect(offsets(select([letter(1), letter(2, foreign)]))).toEqual([1]);
});

it('is full with so many letters, or so many bytes', () => {
  const few = select([letter(1), letter(2), letter(3)], { limit: 2 });
  expect([few.full, few.read, offsets(few)]).toEqual(['limit', 2, [2, 1]]);
  const large = 'x'.repeat(40 * 1024 * 1024);
  const heavy = select([letter(1, {}, large), letter(2, {}, large), letter(3)]);
  expect([heavy.full, heavy.read]).toEqual(['size', 2]);
});
