import { sourceRecord, type ConnectValue } from '@tributary/connect-api';
import { expect, test } from 'vitest';
import { KeepMultiples } from './keep-multiples.js';

const record = (value: ConnectValue) =>
  sourceRecord({ sourcePartition: {}, sourceOffset: {}, topic: 'numbers', value });

test('multiples stay, other numbers are dropped, and what has none fails', () => {
  const transformation = new KeepMultiples();
  transformation.configure({ of: '5' });
  expect(transformation.apply(record({ number: 15 }))?.value).toEqual({ number: 15, times: 3 });
  expect(transformation.apply(record({ number: 16 }))).toBeNull();
  expect(() => transformation.apply(record('x'))).toThrow('KeepMultiples needs a value with a number in it');
});
