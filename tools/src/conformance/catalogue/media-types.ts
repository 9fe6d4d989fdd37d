import { request, singles, type Scenario } from '../step.js';

const BODY = '{"name":"a","config":{"connector.class":"FileStreamSource"}}';

const CONTENT_TYPES = [
  null,
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=ISO-8859-1',
  'application/json;odata=verbose',
  'APPLICATION/JSON',
  ' application/json ',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/json',
  'text/plain',
  'application/vnd.kafka+json',
  'application/problem+json',
  '*/*',
  'application/*',
  'garbage',
  '',
  'application/',
  'application/json, text/plain',
];

const WITH_BODY: readonly (readonly [method: string, path: string, body: string])[] = [
  ['POST', '/connectors', BODY],
  ['PUT', '/connectors/nope/config', '{"connector.class":"FileStreamSource"}'],
  ['PATCH', '/connectors/nope/config', '{"a":"b"}'],
  ['PATCH', '/connectors/nope/offsets', '{}'],
  ['PUT', '/connectors/nope/pause', 'x=1'],
  ['PUT', '/connectors/nope/stop', ''],
  ['POST', '/connectors/nope/restart', '{}'],
  ['DELETE', '/connectors/nope', '{}'],
  ['GET', '/connectors/nope', ''],
  ['PUT', '/connector-plugins/FileStreamSource/config/validate', '{}'],
  ['PUT', '/admin/loggers/nope', '{}'],
  ['GET', '/admin/loggers/nope', ''],
  ['GET', '/', ''],
  ['GET', '/health', ''],
  ['POST', '/nothing', '{}'],
  ['POST', '/connectors/nope/status', '{}'],
];

const ACCEPTED = [
  null,
  '*/*',
  'application/json',
  'application/*',
  'APPLICATION/JSON',
  'text/html',
  'text/*',
  'application/xml',
  'text/html, */*;q=0.1',
  'text/html, application/json;q=0.5',
  'application/json;q=0',
  'application/json;charset=utf-8',
  'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'application/vnd.kafka+json, application/json',
  'garbage',
  '',
];

const READ: readonly (readonly [method: string, path: string, body?: string])[] = [
  ['GET', '/'],
  ['GET', '/health'],
  ['GET', '/connectors/nope'],
  ['GET', '/connector-plugins'],
  ['GET', '/nothing'],
  ['PUT', '/connector-plugins'],
  ['POST', '/connectors', BODY],
  ['PUT', '/connectors/nope/pause'],
  ['DELETE', '/connectors/nope'],
  ['OPTIONS', '/connectors'],
  ['GET', '/admin/loggers/nope'],
  ['HEAD', '/connectors/nope'],
];

/** What is sent and what is accepted, named in all the ways. */
export const mediaTypes: Scenario[] = singles([
  ...WITH_BODY.flatMap(([method, path, body]) =>
    CONTENT_TYPES.map((type) => request(method, path, body, { 'content-type': type })),
  ),
  ...READ.flatMap(([method, path, body]) => ACCEPTED.map((accept) => request(method, path, body, { accept }))),
]);
