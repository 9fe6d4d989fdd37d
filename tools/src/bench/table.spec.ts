import { expect, test } from 'vitest';
import { median, percentile, tableRow } from './table.js';

test('a percentile is the value that so many do not exceed', () => {
  const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);
  expect([0.5, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([50, 99, 100]);
  expect([median([3, 1, 2]), percentile([7], 0.99), percentile([], 0.5)]).toEqual([2, 7, Number.NaN]);
});

test('a row has both figures and their ratio', () => {
  expect(tableRow('reads', 50, 200, 'requests/s')).toMatch(/^reads +50\.0 +200 +4\.00 +requests\/s$/);
});
