import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appendNumberedLines, arrivalOf } from './numbered-lines.js';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'tributary-lines-'))));
afterEach(() => rmSync(directory, { recursive: true }));

test('all that was written has arrived, once', () => {
  const file = join(directory, 'lines');
  appendNumberedLines(file, 1, 25_000);
  expect(arrivalOf(file, 25_000)).toEqual({ missing: 0, firstMissing: undefined, duplicates: 0, foreign: [] });
});

test('gaps, repetitions and torn lines are seen', () => {
  const file = join(directory, 'lines');
  appendNumberedLines(file, 1, 3);
  appendNumberedLines(file, 3, 3);
  appendNumberedLines(file, 6, 6);
  appendFileSync(file, 'lime-000000005\nline-00000000x\nline-0000000005\nline-000000007\n\nline-0000');
  expect(arrivalOf(file, 6)).toEqual({
    missing: 2,
    firstMissing: 4,
    duplicates: 1,
    foreign: ['lime-000000005', 'line-00000000x', 'line-0000000005', 'line-000000007', 'line-0000'],
  });
});
