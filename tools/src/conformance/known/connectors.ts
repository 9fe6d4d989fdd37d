import { isObject, mapObjects, sorted, type Json, type JsonObject } from '../json.js';
import type { Seen } from '../seen.js';
import { expectError, messageOf, type KnownDifference } from './known-difference.js';

const inBody =
  (change: (object: JsonObject) => JsonObject) =>
  (answer: Seen): Seen => ({
    ...answer,
    body: mapObjects(answer.body, change),
  });

const isConfig = (object: JsonObject): boolean => 'connector.class' in object || 'task.class' in object;

const lineOne = (trace: string) => trace.split('\n')[0] ?? '';

/** The first line of a trace tells an error's class and message; after it, ours has frames of JavaScript. */
const withoutFrames = (object: JsonObject): JsonObject =>
  typeof object.trace === 'string' && /^[\w.$]+(Exception|Error)\b/.test(object.trace)
    ? { ...object, trace: lineOne(object.trace) }
    : object;

/** Of connectors: how they are listed and read, what is told of their failures, their offsets. */
export const connectors: readonly KnownDifference[] = [
  {
    id: 'property-order',
    covers: ({ method }) => ['GET', 'PATCH', 'PUT', 'POST'].includes(method),
    rewrite: inBody((object) => (isConfig(object) ? sorted(object) : object)),
  },
  {
    id: 'connector-order',
    covers: ({ method, path }) => method === 'GET' && /^\/connectors\/?(\?.*)?$/.test(path),
    rewrite: (answer) => ({ ...answer, body: orderless(answer.body) }),
  },
  {
    id: 'traces',
    covers: ({ path }) => /\/(status|restart)/.test(path),
    rewrite: inBody(withoutFrames),
  },
  {
    id: 'failed-version',
    covers: ({ path }) => /\/(status|restart)/.test(path),
    rewrite: inBody((object) =>
      object.state === 'FAILED' || object.state === 'RESTARTING' || object.state === 'UNASSIGNED'
        ? { ...object, version: object.version ?? '4.3.1' }
        : object,
    ),
  },
  {
    id: 'stopped-task',
    covers: ({ path }, reference) => path.endsWith('/tasks/0/restart') && reference.status === 409,
    expect: (here) => expectError(here, 404, /^Unknown task: /),
  },
  {
    id: 'patched-name',
    covers: ({ method, body }) => method === 'PATCH' && body === '{"name":"other"}',
    expect: (here) => expectError(here, 400, /doesn't match/),
  },
  {
    id: 'name-template',
    covers: (_step, reference) => reference.status === 500 && /template/.test(messageOf(reference)),
    expect: (here) => (here.status === 201 ? [] : [`the status is ${here.status}`]),
  },
  {
    id: 'offsets-beyond-64-bits',
    covers: ({ method, body }) => method === 'PATCH' && typeof body === 'string' && /\d{19}/.test(body),
    expect: (here) => expectError(here, 400, /integers must be between/),
  },
  {
    id: 'offsets-beyond-2-53',
    covers: ({ method, body }) => method === 'PATCH' && String(body).includes('"kafka_offset":"9007199254740993"'),
    expect: (here) => expectError(here, 400),
  },
  {
    id: 'offsets-whole-numbers',
    covers: ({ method, body }, reference) =>
      method === 'PATCH' && /:(1\.0|1e2)\}/.test(String(body)) && reference.status >= 400,
    expect: (here) => (here.status === 200 ? [] : [`the status is ${here.status}`]),
  },
  {
    id: 'offsets-order',
    covers: ({ method, path }) => method === 'GET' && path.endsWith('/offsets'),
    rewrite: inBody((object) =>
      Array.isArray(object.offsets)
        ? { ...object, offsets: [...(object.offsets as readonly Json[])].sort((a, b) => (text(a) < text(b) ? -1 : 1)) }
        : object,
    ),
  },
];

const text = (value: Json): string => JSON.stringify(value);

function orderless(body: Json): Json {
  if (Array.isArray(body)) return [...(body as readonly Json[])].sort();
  return isObject(body) ? sorted(body) : body;
}
