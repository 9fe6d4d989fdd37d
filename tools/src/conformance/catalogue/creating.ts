import { request, SIDE, singles, type Scenario } from '../step.js';

const SOURCE = { 'connector.class': 'FileStreamSource', topic: `${SIDE}-created`, file: '/f' };

const post = (body: object) => request('POST', '/connectors', body);
const put = (config: object) => request('PUT', '/connectors/a/config', config);

/** Create requests that are refused: of names, classes and configurations. */
export const refusedCreates: Scenario[] = singles([
  post({ config: SOURCE }),
  ...[null, '', '  ', '\t', 'a\u0001b', 'a\nb', 'a\u0001\u0002b\u007f', '\u0000'].map((name) =>
    post({ name, config: SOURCE }),
  ),
  post({ name: 5, config: { 'connector.class': 'FileStreamSource' } }),
  post({ name: true, config: { 'connector.class': 'FileStreamSource' } }),
  post({ name: 'a', config: { ...SOURCE, name: 'b' } }),
  post({ name: 'a', config: { ...SOURCE, name: ' a' } }),
  post({ name: 'a', config: { ...SOURCE, name: '' } }),
  post({ name: 'a', config: { ...SOURCE, name: null, topic: undefined } }),
  post({ config: { ...SOURCE, name: 'b' } }),
  put({ ...SOURCE, name: 'b' }),
  put({ ...SOURCE, name: '' }),
  ...[
    {},
    { x: 'y', 'a b': null },
    { 'connector.class': null },
    { 'connector.class': '' },
    { 'connector.class': '  ' },
  ].flatMap((config) => [post({ name: 'a', config }), put(config)]),
  ...[
    'Foo',
    'Foo.Bar',
    'org.apache.kafka.connect.json.JsonConverter',
    'java.lang.String',
    'FileStream',
    'filestreamsource',
  ].flatMap((name) => [
    post({ name: 'a', config: { 'connector.class': name } }),
    post({ name: 'a', config: { 'connector.class': name, 'tasks.max': 'x' } }),
    put({ 'connector.class': name }),
  ]),
  ...['9.9', '[9.9]', 'bad', '[bad'].map((version) =>
    post({ name: 'a', config: { ...SOURCE, 'connector.plugin.version': version } }),
  ),
  post({ name: 'a', config: { ...SOURCE, topic: undefined } }),
  post({ name: 'a', config: { ...SOURCE, topic: '' } }),
  post({ name: 'a', config: { ...SOURCE, 'tasks.max': 'x' } }),
  post({ name: 'a', config: { ...SOURCE, 'tasks.max': 0, 'errors.tolerance': 'maybe', 'key.converter': 'Nope' } }),
  post({ name: 'a', config: { ...SOURCE, foo: null } }),
  post({ name: 'a', config: { ...SOURCE, 'tasks.max': null } }),
  post({ name: 'a', config: { ...SOURCE, 'producer.override.linger.ms': 'x' } }),
  put({ ...SOURCE, 'producer.override.linger.ms': 'x' }),
  post({ name: 'a', config: { ...SOURCE, 'consumer.override.nope': 'x', 'admin.override.retries': 'x', topic: '' } }),
  post({ name: 'a', config: { ...SOURCE, file: '${nope:X}', topic: '' } }),
  post({ name: 'a', config: { ...SOURCE, 'exactly.once.support': 'required' } }),
  post({ name: 'a', config: { 'connector.class': 'FileStreamSink' } }),
  post({ name: 'a', config: { 'connector.class': 'FileStreamSink', topics: 'a', 'topics.regex': 'b' } }),
  post({ name: 'a', config: { ...SOURCE, topic: '' }, initial_state: 'PAUSED' }),
  post({ name: 'a', config: { ...SOURCE, topic: '' }, initial_state: null }),
]);
