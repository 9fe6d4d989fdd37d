import { describe, expect, it } from 'vitest';
import { referenceRecords } from '../../test/reference-records.js';
import { isSkipped } from '../skipped-record.js';
import { decodeOffsetRecord, encodeOffsetRecord } from './offset-records.js';
import { OffsetView } from './offset-view.js';

const decoded = (key: string, value: string | null) => {
  const record = decodeOffsetRecord(key, value);
  if (isSkipped(record)) throw new Error(record.reason);
  return record;
};

describe('offset records', () => {
  // An integral double is a plain number in JavaScript and is written as an integer.
  const exact = referenceRecords('offset').filter(({ key }) => !key.includes('1.0'));

  it.each(exact)('reads $key of the reference and writes the same bytes', ({ key, value }) => {
    const { connector, partition, offset } = decoded(key, value);
    expect(encodeOffsetRecord(connector, partition, offset)).toEqual({ key, value });
  });

  it('keeps the order in which a connector gave the members', () => {
    expect(encodeOffsetRecord('c', { z: 1, a: 2 }, { b: 1n, a: null })).toEqual({
      key: '["c",{"z":1,"a":2}]',
      value: '{"b":1,"a":null}',
    });
  });

  it('refuses values that are no primitives', () => {
    const offset = { position: { x: 1 } } as unknown as { position: number };
    expect(() => encodeOffsetRecord('c', {}, offset)).toThrow(
      'Offsets may only contain primitive types as values, but field position contains MAP',
    );
  });

  it.each([
    [null, null, 'its key is null'],
    ['{}', null, 'its key is not an array of a connector name and a partition'],
    ['["c"]', null, 'its key is not an array of a connector name and a partition'],
    ['["c",null]', null, 'its key is not an array of a connector name and a partition'],
    ['["c",{}]', '1', 'its value is not a JSON object'],
  ])('says of %s %s that %s', (key, value, reason) => {
    expect(decodeOffsetRecord(key, value)).toEqual({ kind: 'malformed', reason });
  });
});

describe('OffsetView', () => {
  it('finds a partition by the text of its key', () => {
    const view = new OffsetView();
    view.apply('["c",{"a":1,"b":2}]', decoded('["c",{"a":1,"b":2}]', '{"p":1}'));
    expect(view.get('c', { a: 1, b: 2 })).toEqual({ p: 1 });
    expect(view.get('c', { b: 2, a: 1 })).toBeNull();
    expect(view.get('d', { a: 1, b: 2 })).toBeNull();
  });

  it('knows the key of a listed partition even where it would write it differently', () => {
    const view = new OffsetView();
    const key = '["c",{"d":1.0}]';
    view.apply(key, decoded(key, '{"p":1}'));
    const [[partition] = [{}]] = view.list('c');
    view.apply(key, decoded(key, '{"p":2}'));
    expect(view.keyOf('c', partition)).toBe(key);
    expect(view.get('c', partition)).toEqual({ p: 2 });
    expect(view.keyOf('other', partition)).toBe('["other",{"d":1}]');
  });

  it('forgets what has a null', () => {
    const view = new OffsetView();
    view.apply('["c",{}]', decoded('["c",{}]', '{"p":1}'));
    view.apply('["c",{}]', decoded('["c",{}]', null));
    expect(view.list('c')).toEqual([]);
  });
});
