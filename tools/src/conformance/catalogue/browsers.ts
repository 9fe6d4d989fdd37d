import { request, singles, type Scenario } from '../step.js';

const ORIGINS = ['http://a.example', 'http://x.b.example', 'http://evil.example', 'https://a.example', 'null', ''];

const PATHS: readonly (readonly [method: string, path: string])[] = [
  ['GET', '/'],
  ['GET', '/connectors/nope'],
  ['GET', '/nothing'],
  ['PUT', '/connectors'],
  ['DELETE', '/connectors/nope'],
  ['OPTIONS', '/connectors'],
];

/** Requests of web pages: from an origin, and the question whether one may come. */
export const browsers: Scenario[] = singles([
  ...ORIGINS.flatMap((origin) => PATHS.map(([method, path]) => request(method, path, undefined, { origin }))),
  ...ORIGINS.flatMap((origin) =>
    ['PUT', 'POST', 'PATCH', 'bogus', ''].map((wanted) =>
      request('OPTIONS', '/connectors/nope/config', undefined, { origin, 'access-control-request-method': wanted }),
    ),
  ),
  ...['Content-Type', 'content-type, x-other', 'x-other', ''].map((wanted) =>
    request('OPTIONS', '/connectors', undefined, {
      origin: 'http://a.example',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': wanted,
    }),
  ),
]);
