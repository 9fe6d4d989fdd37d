import { expect, test } from 'vitest';
import { javaTrim } from './java-trim.js';

test.each([
  ['', ''],
  [' \t\r\n', ''],
  [' a b ', 'a b'],
  ['\u0001a\u0000', 'a'],
  ['a\u0001b', 'a\u0001b'],
  ['\u00A0a\u2003', '\u00A0a\u2003'],
])('%j is trimmed to %j', (text, trimmed) => {
  expect(javaTrim(text)).toBe(trimmed);
});
