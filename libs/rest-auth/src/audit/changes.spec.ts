import { expect, test } from 'vitest';
import { changeIn } from './changes.js';

test.each([
  ['POST', '/connectors', 'create connector', undefined],
  ['DELETE', '/connectors/a%20b', 'delete connector', 'a b'],
  ['PUT', '/connectors/a/config', 'configure connector', 'a'],
  ['PATCH', '/connectors/a/config', 'patch configuration', 'a'],
  ['PUT', '/connectors/a/resume', 'resume connector', 'a'],
  ['PUT', '/connectors/a/stop', 'stop connector', 'a'],
  ['POST', '/connectors/a/restart', 'restart connector', 'a'],
  ['POST', '/connectors/a/tasks/0/restart', 'restart task', 'a'],
  ['PATCH', '/connectors/a/offsets', 'alter offsets', 'a'],
  ['DELETE', '/connectors/a/offsets/', 'reset offsets', 'a'],
  ['PUT', '/connectors/a/topics/reset', 'reset topics', 'a'],
  ['POST', '/connectors/a/preview', 'preview records', 'a'],
  ['POST', '/connectors/a/dlq/redrive', 'redrive dead letters', 'a'],
  ['PUT', '/admin/loggers/root', 'set log level', undefined],
  ['DELETE', '/connectors/%zz', 'delete connector', '%zz'],
  ['PUT', '/elsewhere', 'other', undefined],
])('%s %s is: %s', (method, path, action, connector) => {
  expect(changeIn(method, path)).toEqual({ action, connector });
});

test('a validation changes nothing', () => {
  expect(changeIn('PUT', '/connector-plugins/FileStreamSource/config/validate')).toBeUndefined();
});
