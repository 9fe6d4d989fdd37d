/** A request as some client sends it. `NAME` in a path stands for a connector that runs. */
export interface Habit {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const SPRING_TYPE = { 'content-type': 'application/json;charset=UTF-8' };
const VALIDATE = '/connector-plugins/FileStreamSource/config/validate';

const put = (path: string, body = '', headers: Habit['headers'] = {}) => ({ method: 'PUT', path, body, headers });
const post = (path: string, body = '', headers: Habit['headers'] = {}) => ({ method: 'POST', path, body, headers });
const get = (path: string, headers: Habit['headers'] = {}) => ({ method: 'GET', path, headers });
const remove = (path: string, body = '', headers: Habit['headers'] = {}) => ({ method: 'DELETE', path, body, headers });

/** The requests without content, with what consoles, operators and libraries send in the place of content. */
const withoutContent = [
  ...['pause', 'resume', 'topics/reset'].map(
    (verb) => (body: string, headers: Habit['headers']) => put(`/connectors/NAME/${verb}`, body, headers),
  ),
  ...['restart', 'tasks/0/restart'].map(
    (verb) => (body: string, headers: Habit['headers']) => post(`/connectors/NAME/${verb}`, body, headers),
  ),
].flatMap((send) => [
  send('', {}),
  send('', JSON_TYPE),
  send('', SPRING_TYPE),
  send('null', JSON_TYPE),
  send('""', JSON_TYPE),
  send('{}', JSON_TYPE),
  send('', { 'content-type': 'application/x-www-form-urlencoded' }),
  send('', { 'content-type': 'text/plain' }),
]);

/** In the order in which they are sent. */
export const HABITS: readonly Habit[] = [
  get('/connectors?expand[]=info&expand[]=status'),
  get('/connectors?expand%5B%5D=info&expand%5B%5D=status'),
  get('/connectors?expand=info,status'),
  get('/connectors?expand=info&expand=nothing'),
  get('/connectors?expand='),
  get('/connectors/'),
  get('/connectors', JSON_TYPE),
  get('/connectors', SPRING_TYPE),
  get('/connectors', { accept: 'application/json, text/plain, */*' }),
  get('/connectors', { accept: 'application/json, application/*+json' }),
  get('/connectors', { accept: 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2' }),
  get('/connectors', { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }),
  get('/connectors', { 'accept-encoding': 'gzip, deflate, br' }),
  get('/connectors/NAME/'),
  get('/connectors/NAME/config/'),
  get('/connectors/NAME/tasks/'),
  get('/connectors/NAME/tasks/0/status/'),
  get('/connector-plugins/?connectorsOnly=True'),
  ...withoutContent,
  post('/connectors/NAME/restart?includeTasks=True&onlyFailed=False', '', JSON_TYPE),
  post('/connectors/NAME/restart?includeTasks=TRUE&onlyFailed=TRUE', 'null', JSON_TYPE),
  post('/connectors/NAME/restart?includeTasks=1&onlyFailed=yes', '', JSON_TYPE),
  post('/connectors/NAME/restart?includeTasks=&onlyFailed=', '', JSON_TYPE),
  post('/connectors/NAME/restart/?includeTasks=false', '{"params":{"includeTasks":true}}', JSON_TYPE),
  put('/connectors/NAME/pause/', 'null', JSON_TYPE),
  put('/connectors/NAME/resume/', 'null', JSON_TYPE),
  put(VALIDATE, '{"connector.class":"FileStreamSource","topic":"t","name":"n","tasks.max":2}', SPRING_TYPE),
  put(`${VALIDATE}/`, '{"connector.class":"FileStreamSource"}', JSON_TYPE),
  put('/connectors/nobody/pause', 'null', JSON_TYPE),
  post('/connectors/nobody/restart?includeTasks=True', '""', JSON_TYPE),
  post('/connectors/nobody/tasks/0/restart', '""', JSON_TYPE),
  remove('/connectors/nobody', '', JSON_TYPE),
  remove('/connectors/nobody/', 'null', JSON_TYPE),
  put('/connectors/NAME/stop', '', { 'content-type': 'application/x-www-form-urlencoded' }),
  put('/connectors/NAME/stop', 'null', JSON_TYPE),
  put('/connectors/NAME/stop/', '""', SPRING_TYPE),
  remove('/connectors/NAME/offsets', '', JSON_TYPE),
  remove('/connectors/NAME/offsets/', 'null', JSON_TYPE),
  remove('/connectors/NAME', '{}', JSON_TYPE),
  get('/connectors/NAME'),
];
