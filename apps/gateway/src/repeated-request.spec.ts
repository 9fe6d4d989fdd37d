import type { ConnectorInfo } from '@tributary/control-plane';
import type { InternalAnswer, RequestWithBody } from '@tributary/rest-api';
import { expect, test } from 'vitest';
import { resolveRepeated } from './repeated-request.js';

const stored: ConnectorInfo = {
  name: 'a/b',
  config: { 'tasks.max': '2', name: 'a/b' },
  tasks: [{ connector: 'a/b', task: 0 }],
  type: 'source',
};
const view = { has: (name: string) => name === 'a/b', connectorInfo: () => stored };
const request = (method: string, path: string, body: object = {}) =>
  ({ method, path, bodyText: JSON.stringify(body) }) as RequestWithBody;
const EXISTS: InternalAnswer = { status: 409, headers: {}, body: 'exists' };
const MISSING: InternalAnswer = { status: 404, headers: {}, body: 'missing' };

test('a connector that the first attempt created counts as created', () => {
  const asked = request('POST', '/connectors/', { name: 'a/b', config: { 'tasks.max': 2 } });
  expect(resolveRepeated(asked, EXISTS, view)).toEqual({
    status: 201,
    headers: { location: '/connectors/a%2Fb' },
    body: '{"name":"a/b","config":{"tasks.max":"2","name":"a/b"},"tasks":[],"type":"source"}',
  });
});

test.each([
  ['spaces around the name', { name: ' a/b\n', config: { 'tasks.max': '2' } }],
  ['a property without a value', { name: 'a/b', config: { 'tasks.max': '2', x: null } }],
])('so does one that was asked for with %s', (_what, body) => {
  expect(resolveRepeated(request('POST', '/connectors', body), EXISTS, view)).toMatchObject({ status: 201 });
});

test.each([
  ['another value', { name: 'a/b', config: { 'tasks.max': 3 } }],
  ['fewer properties', { name: 'a/b', config: {} }],
  ['more properties', { name: 'a/b', config: { 'tasks.max': 2, x: 'y' } }],
  ['another name', { name: 'c', config: { 'tasks.max': 2 } }],
])('a connector that has %s was there before', (_what, body) => {
  expect(resolveRepeated(request('POST', '/connectors', body), EXISTS, view)).toBe(EXISTS);
});

test('a connector that the first attempt deleted counts as deleted', () => {
  expect(resolveRepeated(request('DELETE', '/connectors/c/offsets'), MISSING, view)).toBe(MISSING);
  expect(resolveRepeated(request('DELETE', '/connectors/c'), MISSING, view)).toEqual({
    status: 204,
    headers: {},
    body: '',
  });
});

test('all other answers stay as they are', () => {
  const ok: InternalAnswer = { status: 200, headers: {}, body: '{}' };
  expect(resolveRepeated(request('PUT', '/connectors/a/config'), ok, view)).toBe(ok);
  expect(resolveRepeated(request('PUT', '/connectors/a/pause'), MISSING, view)).toBe(MISSING);
  expect(resolveRepeated(request('POST', '/connectors/a/tasks/0/restart'), EXISTS, view)).toBe(EXISTS);
});
