import { request, singles, type Scenario } from '../step.js';

/** Every path there is for a connector that does not exist, for plugins and loggers, and some that there are not. */
export const PATHS = [
  '/',
  '/health',
  '/connectors',
  '/connectors/',
  ...[
    '',
    '/',
    '/config',
    '/config/',
    '/status',
    '/status/',
    '/tasks',
    '/tasks/',
    '/tasks/0',
    '/tasks/0/status',
    '/tasks/0/status/',
    '/tasks/0/restart',
    '/tasks-config',
    '/topics',
    '/topics/reset',
    '/pause',
    '/resume',
    '/resume/',
    '/stop',
    '/restart',
    '/offsets',
    '/offsets/',
    '/fence',
    '/nothing',
    '/status/more',
  ].map((rest) => `/connectors/nope${rest}`),
  '/connector-plugins',
  '/connector-plugins/',
  '/connector-plugins/FileStreamSource',
  '/connector-plugins/FileStreamSource/config',
  '/connector-plugins/FileStreamSource/config/validate',
  '/connector-plugins/nope/config',
  '/connector-plugins/nope/config/validate',
  '/admin',
  '/admin/loggers/nope',
  '/CONNECTORS',
  '/Connectors/nope',
  '/connectors/nope/STATUS',
  '/nothing',
  '/favicon.ico',
  '/connectorsx',
];

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'INVENTED'];

const TASK_NUMBERS = [
  'x',
  '-1',
  '1.5',
  '99999999999',
  '2147483647',
  '2147483648',
  '+0',
  '00',
  '0x0',
  '%30',
  ' 0',
  '',
  '%20',
];

/** Each method at each path, without a body. */
export const routes: Scenario[] = singles([
  ...PATHS.flatMap((path) => METHODS.map((method) => request(method, path))),
  request('GET', '/metrics'),
  request('GET', '/openapi.json'),
  request('POST', '/connectors/nope/preview', { records: [{}] }),
  request('POST', '/connectors/nope/dlq/redrive', {}),
  ...['GET', 'OPTIONS', 'POST', 'DELETE'].map((method) => request(method, '/admin/loggers')),
  ...TASK_NUMBERS.filter((number) => !number.includes(' ')).flatMap((number) => [
    request('GET', `/connectors/nope/tasks/${number}/status`),
    request('POST', `/connectors/nope/tasks/${number}/restart`),
  ]),
]);
