import { expect, test } from 'vitest';
import { connectorPath, flagFrom, taskIdFrom } from './paths.js';

test.each([
  ['plain', '/connectors/plain'],
  ['with space', '/connectors/with%20space'],
  ['a/b', '/connectors/a%2Fb'],
  ['a%b', '/connectors/a%25b'],
  ['q?m#h', '/connectors/q%3Fm%23h'],
  ['pl+us;x=1&y,z:@$', '/connectors/pl+us;x=1&y,z:@$'],
  ["ap'os", "/connectors/ap'os"],
  ['uni-ä你', '/connectors/uni-%C3%A4%E4%BD%A0'],
])('a connector named %s is found at %s', (name, path) => {
  expect(connectorPath(name)).toBe(path);
});

test.each([
  ['true', true],
  ['True', true],
  ['', false],
  ['1', false],
  [' true', false],
  [undefined, false],
  [['true', 'false'], true],
  [['false', 'true'], false],
])('the flag %j means %s', (value, meaning) => {
  expect(flagFrom(value)).toBe(meaning);
});

test.each([
  ['0', 0],
  ['+7', 7],
  ['-1', -1],
  ['007', 7],
  ['2147483647', 2147483647],
])('%s is the task %i', (segment, id) => {
  expect(taskIdFrom(segment)).toBe(id);
});

test.each(['x', '', '1.5', '0x0', '1e3', ' 1', '2147483648', '-2147483649'])('%j is no task', (segment) => {
  expect(() => taskIdFrom(segment)).toThrow(expect.objectContaining({ status: 404, message: 'HTTP 404 Not Found' }));
});
