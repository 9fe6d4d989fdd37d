import { expect, test } from 'vitest';
import { sourceOffsetsFrom, withPartitions } from './source-offsets.js';

test('a new partition gets the order in which the reference stores it', () => {
  const partition = { topic: 't', cluster: 'c', filename: 'f', partition: 0 };
  const offset = { position: 2, b: 1.5, a: 'x', n: null };
  expect(JSON.stringify([...sourceOffsetsFrom([{ partition, offset }], [])])).toBe(
    '[[{"cluster":"c","filename":"f","partition":0,"topic":"t"},{"a":"x","b":1.5,"position":2,"n":null}]]',
  );
});

test('a partition that has an offset is found whatever the order of its members', () => {
  const known = { topic: 't', cluster: 'c' };
  const offsets = sourceOffsetsFrom([{ partition: { cluster: 'c', topic: 't' }, offset: null }], [known]);
  expect([...offsets.keys()][0]).toBe(known);
  const others = sourceOffsetsFrom(
    [{ partition: { cluster: 'c', topic: 1 }, offset: null }],
    [{ cluster: 'c', topic: '1' }],
  );
  expect([...others.keys()]).toEqual([{ cluster: 'c', topic: 1 }]);
});

test('of the same partition given twice the last counts', () => {
  const requested = [
    { partition: { a: 1, b: 2 }, offset: { p: 1 } },
    { partition: { b: 2, a: 1 }, offset: { p: 9223372036854775807n } },
  ];
  expect([...sourceOffsetsFrom(requested, []).values()]).toEqual([{ p: 9223372036854775807n }]);
});

test('only primitives can be stored', () => {
  const read = (partition: Record<string, unknown>, offset: Record<string, unknown>) => () =>
    sourceOffsetsFrom([{ partition, offset }], []);
  expect(read({ f: 'x' }, { position: { a: 1 } })).toThrow(
    'Offsets may only contain primitive types as values, but field position contains MAP',
  );
  expect(read({ f: [1] }, { position: 1 })).toThrow(
    'Offsets may only contain primitive types as values, but field f contains ARRAY',
  );
});

test('a partition that is null is for the connector to refuse, and never stored', () => {
  const offsets = sourceOffsetsFrom([{ partition: null, offset: { p: 1 } }], []);
  expect([...offsets.keys()]).toEqual([null]);
  expect(() => withPartitions(offsets)).toThrow(
    'The partition for a source connector offset cannot be null or missing',
  );
  expect(withPartitions(sourceOffsetsFrom([{ partition: null, offset: null }], []))).toEqual(new Map());
});
