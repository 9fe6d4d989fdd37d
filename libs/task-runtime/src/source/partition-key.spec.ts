import { describe, expect, it } from 'vitest';
import { partitionKey } from './partition-key.js';

describe('partitionKey', () => {
  it('is equal for equal partitions', () => {
    expect(partitionKey({ a: 1, b: 'x' })).toBe(partitionKey({ a: 1, b: 'x' }));
  });

  it.each([
    ['member order', { a: 1, b: 2 }, { b: 2, a: 1 }],
    ['numbers and texts', { a: 1 }, { a: '1' }],
    ['bigint and number', { a: 1n }, { a: 1 }],
    ['null and text', { a: null }, { a: 'null' }],
    ['names and values', { 'a":1,"b': 2 }, { a: 1, b: 2 }],
  ])('tells apart %s', (_, one, other) => {
    expect(partitionKey(one)).not.toBe(partitionKey(other));
  });
});
