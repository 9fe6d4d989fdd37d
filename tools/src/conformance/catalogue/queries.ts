import { request, singles, type Scenario } from '../step.js';

const FLAGS = ['true', 'True', 'TRUE', 'false', '', '1', 'yes', '%20true', 'null'];

const RESTARTS = [
  ...FLAGS.flatMap((flag) => [`includeTasks=${flag}`, `onlyFailed=${flag}`]),
  'includeTasks',
  'includetasks=true',
  'includeTasks=true&includeTasks=false',
  'includeTasks=false&includeTasks=true',
  'includeTasks=true&onlyFailed=true',
  'includeTasks=True&onlyFailed=TRUE',
  'forward=true',
  'more=1',
];

const VERSIONS = [
  '',
  '4.3.1',
  '%5B4.3.1%5D',
  '%5B4.0%2C5.0)',
  '4.3.0',
  '9.9',
  '%5B9.9%5D',
  'latest',
  '%5Bbad',
  'bad',
  '[4.3.1]',
  '4.3.1&version=9.9',
  '(,5)',
];

const PLUGINS = [
  'FileStreamSource',
  'FileStreamSourceConnector',
  'org.apache.kafka.connect.file.FileStreamSourceConnector',
  'FileStreamSink',
  'org.apache.kafka.connect.file.FileStreamSinkConnector',
  'JsonConverter',
  'org.apache.kafka.connect.json.JsonConverter',
  'StringConverter',
  'org.apache.kafka.connect.storage.StringConverter',
  'org.apache.kafka.connect.storage.SimpleHeaderConverter',
  'org.apache.kafka.connect.converters.ByteArrayConverter',
  'ByteArray',
  'LongConverter',
  'org.apache.kafka.connect.converters.DoubleConverter',
  'BooleanConverter',
  'FileStream',
  'filestreamsource',
  'Unknown',
  'java.lang.String',
  '%20FileStreamSource',
];

const EXPANDS = ['', 'info', 'status', 'bogus', 'INFO', 'info,status', 'info&expand=status', 'bogus&expand=info'];

/** Parameters of every resource that has some, and of some that have none. */
export const queries: Scenario[] = singles([
  ...RESTARTS.map((query) => request('POST', `/connectors/nope/restart?${query}`)),
  ...FLAGS.map((flag) => request('GET', `/connector-plugins?connectorsOnly=${flag}`)),
  request('GET', '/connector-plugins?connectorsonly=false'),
  request('GET', '/connector-plugins?connectorsOnly=false&connectorsOnly=true'),
  ...PLUGINS.map((plugin) => request('GET', `/connector-plugins/${plugin}/config`)),
  ...VERSIONS.flatMap((version) => [
    request('GET', `/connector-plugins/FileStreamSource/config?version=${version}`),
    request('GET', `/connector-plugins/org.apache.kafka.connect.json.JsonConverter/config?version=${version}`),
  ]),
  ...EXPANDS.map((value) => request('GET', `/connectors?expand=${value}`)),
  ...['expand[]=info', 'expand%5B%5D=info', 'expand', 'Expand=info', 'more=1'].map((query) =>
    request('GET', `/connectors?${query}`),
  ),
  ...['', 'worker', 'cluster', 'bogus'].map((scope) =>
    request('PUT', `/admin/loggers/nope?scope=${scope}`, { level: 'bogus' }),
  ),
]);
