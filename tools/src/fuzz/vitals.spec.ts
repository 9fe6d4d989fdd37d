import { expect, test } from 'vitest';
import { leaks, type Vitals } from './vitals.js';

const vitals = (name: string, rssMb: number, descriptors: number): Vitals => ({ name, rssMb, heapMb: 50, descriptors });

test('what grows within its limits is no leak', () => {
  expect(leaks([vitals('gateway', 200, 30)], [vitals('gateway', 340, 60)])).toEqual([]);
});

test('a process that grows beyond them is named with what has grown', () => {
  const warm = [vitals('gateway', 200, 30), vitals('herder', 200, 30)];
  expect(leaks(warm, [vitals('gateway', 400, 30), vitals('herder', 210, 90)])).toEqual([
    'gateway has grown from 200 to 400 MiB',
    'herder has grown from 30 to 90 descriptors',
  ]);
});
