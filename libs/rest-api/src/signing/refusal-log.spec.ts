import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { RefusalLog } from './refusal-log.js';

test('the first refusal is told at once, those that follow by their number', () => {
  const lines: unknown[] = [];
  let now = 0;
  const refusals = new RefusalLog(
    (fields) => lines.push(fields),
    () => now,
  );
  const refuse = (times: number, reason: string) => {
    for (let each = 0; each < times; each += 1) refusals.add({ method: 'PUT', socket: new Socket() }, reason);
  };
  refuse(1_000, 'unsigned');
  expect(lines).toEqual([{ method: 'PUT', from: undefined, reason: 'unsigned', requests: 1 }]);
  now = 10_000;
  refuse(1_000, 'stale');
  expect(lines.slice(1)).toEqual([{ method: 'PUT', from: undefined, reason: 'stale', requests: 1_000 }]);
});
