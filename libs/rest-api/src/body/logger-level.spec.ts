import { expect, test } from 'vitest';
import { loggerLevelFrom } from './logger-level.js';
import { parseJson } from './parse-json.js';

const read = (text: string) => loggerLevelFrom(parseJson(text));

test('a level is read in any case, blanks and other members are ignored', () => {
  expect(read('{"level":"debug","x":1}')).toBe('DEBUG');
  expect(read('{"level":" Warn "}')).toBe('WARN');
});

test.each([
  ['{}', "Desired 'level' parameter was not specified in request."],
  ['{"level":null}', "Desired 'level' parameter was not specified in request."],
  ['{"level":"bogus"}', "invalid log level 'bogus'."],
  ['{"level":5}', "invalid log level '5'."],
])('%s is refused', (body, message) => {
  expect(() => read(body)).toThrow(message);
});
