import { mapObjects } from '../json.js';
import type { Seen } from '../seen.js';
import { expectError, type KnownDifference } from './known-difference.js';

const withoutType = (answer: Seen): Seen => {
  const { 'content-type': _removed, ...headers } = answer.headers;
  return { ...answer, headers };
};

/** Of every answer, whatever was asked. */
export const answers: readonly KnownDifference[] = [
  {
    id: 'server-header',
    covers: (_step, reference, here) => reference.headers.server !== undefined && here.headers.server === undefined,
    rewrite: (answer) => {
      const { server: _removed, ...headers } = answer.headers;
      return { ...answer, headers };
    },
  },
  {
    id: 'commit',
    covers: ({ path }) => path === '/',
    rewrite: (answer) => ({
      ...answer,
      body: mapObjects(answer.body, (object) =>
        typeof object.commit === 'string' && /^([0-9a-f]{16}|tributary-\d+\.\d+\.\d+)$/.test(object.commit)
          ? { ...object, commit: 'COMMIT' }
          : object,
      ),
    }),
  },
  {
    id: 'router-content-type',
    covers: (_step, reference, here) =>
      [404, 405, 406, 415].includes(reference.status) &&
      reference.headers['content-type'] === undefined &&
      here.headers['content-type'] === 'application/json',
    rewrite: withoutType,
  },
  {
    id: 'accept-echo',
    covers: ({ headers }, reference, here) =>
      (headers?.accept ?? '').includes(';') &&
      (reference.headers['content-type'] ?? '').startsWith('application/json;') &&
      here.headers['content-type'] === 'application/json',
    rewrite: withoutType,
  },
  {
    id: 'options-accept',
    covers: ({ method, headers }) => method === 'OPTIONS' && headers?.accept !== undefined,
    expect: (here, reference) => [
      ...(here.status === 200 && here.headers['content-type'] === 'text/plain'
        ? []
        : ['200 with text/plain is wanted']),
      ...(here.headers.allow === reference.headers.allow ? [] : [`Allow is ${here.headers.allow}`]),
      ...(here.body === reference.headers.allow?.replaceAll(',', ', ') ? [] : [`the body is ${String(here.body)}`]),
    ],
  },
  {
    id: 'cors-order',
    byChance: true,
    covers: ({ method }) => method === 'OPTIONS',
    rewrite: (answer) => {
      const { 'access-control-allow-methods': methods } = answer.headers;
      if (methods === undefined) return answer;
      const ordered = methods.split(',').toSorted().join(',');
      return { ...answer, headers: { ...answer.headers, 'access-control-allow-methods': ordered } };
    },
  },
  {
    id: 'request-targets',
    covers: ({ method, path }) => method === 'OPTIONS' && path === '*',
    expect: (here) => expectError(here, 404),
  },
  {
    id: 'internal-endpoints',
    covers: ({ method, path }) =>
      path.endsWith('/fence') || (/\/tasks\/?$/.test(path) && ['OPTIONS', 'POST'].includes(method)),
    expect: (here, _reference, { method, path }) => {
      const fence = path.endsWith('/fence');
      if (method === 'OPTIONS' && !fence)
        return here.headers.allow === 'HEAD,GET,OPTIONS' ? [] : [`Allow is ${here.headers.allow}`];
      if (method === 'HEAD') return here.status === 404 && here.body === '' ? [] : [`the status is ${here.status}`];
      return expectError(here, fence && method !== 'INVENTED' ? 404 : 405);
    },
  },
  {
    id: 'more-endpoints',
    covers: ({ path }) => path === '/metrics' || path === '/openapi.json',
    expect: ({ status, headers }, _reference, { path }) =>
      status === 200 && headers['content-type']?.startsWith(path === '/metrics' ? 'text/plain' : 'application/json')
        ? []
        : [`the answer is ${status} of type ${headers['content-type']}`],
  },
  {
    id: 'more-endpoints',
    covers: ({ method, path }) => method === 'POST' && /^\/connectors\/[^/]+\/(preview|dlq\/redrive)$/.test(path),
    expect: (here) => expectError(here, 404, /^Connector nope not found$/),
  },
  {
    id: 'invented-methods',
    covers: ({ method }) => method === 'INVENTED',
    expect: (here) => expectError(here, 405, /^HTTP 405 Method Not Allowed$/),
  },
];
