import { request, SIDE, singles, type Scenario, type Step } from '../step.js';

type Config = Readonly<Record<string, unknown>>;

const SOURCE = { 'connector.class': 'FileStreamSource', name: 'v', file: '/f', topic: 't' };
const SINK = { 'connector.class': 'FileStreamSink', name: 'v', file: '/f', topics: 't' };

const validate = (plugin: string, config: Config): Step =>
  request('PUT', `/connector-plugins/${plugin}/config/validate`, config);

const source = (more: Config = {}) => validate('FileStreamSource', { ...SOURCE, ...more });
const sink = (more: Config = {}) => validate('FileStreamSink', { ...SINK, ...more });

const FULL = 'org.apache.kafka.connect.file.FileStreamSourceConnector';

/** Which plugin the path and the body name. */
const CLASSES: readonly (readonly [path: string, named: unknown])[] = [
  ['FileStreamSource', 'FileStreamSource'],
  ['FileStreamSource', undefined],
  ['FileStreamSource', ''],
  ['FileStreamSource', '  '],
  ['FileStreamSource', null],
  ['FileStreamSource', ' FileStreamSource '],
  ['FileStreamSource', 'FileStreamSourceConnector'],
  ['FileStreamSource', FULL],
  ['FileStreamSource', 'filestreamsource'],
  ['FileStreamSource', 'FileStreamSink'],
  ['FileStreamSource', 'Foo'],
  ['FileStreamSourceConnector', 'FileStreamSource'],
  ['FileStreamSourceConnector', 'FileStreamSourceConnector'],
  ['FileStreamSourceConnector', FULL],
  ['Source', 'FileStreamSource'],
  ['SourceConnector', FULL],
  ['file.FileStreamSource', FULL],
  [FULL, FULL],
  [FULL, 'FileStreamSource'],
  [FULL, undefined],
  ['Foo', 'Foo'],
  ['Foo', 'Foo.Bar'],
  ['Foo', undefined],
  ['org.apache.kafka.connect.json.JsonConverter', 'org.apache.kafka.connect.json.JsonConverter'],
  ['java.lang.String', 'java.lang.String'],
  ['org.apache.kafka.connect.sink.SinkConnector', 'org.apache.kafka.connect.sink.SinkConnector'],
];

const VERSIONS = ['', '4.3.1', '[4.3.1]', '[4.0,5.0)', '9.9', '[9.9]', 'bad', '[bad', 'latest', null];

const CONVERTERS = [
  'JsonConverter',
  'Json',
  'StringConverter',
  'org.apache.kafka.connect.json.JsonConverter',
  'org.apache.kafka.connect.storage.StringConverter',
  'org.apache.kafka.connect.storage.SimpleHeaderConverter',
  'org.apache.kafka.connect.converters.ByteArrayConverter',
  'org.apache.kafka.connect.converters.BooleanConverter',
  'org.apache.kafka.connect.converters.DoubleConverter',
  'org.apache.kafka.connect.converters.FloatConverter',
  'org.apache.kafka.connect.converters.IntegerConverter',
  'org.apache.kafka.connect.converters.LongConverter',
  'org.apache.kafka.connect.converters.ShortConverter',
  'org.apache.kafka.connect.storage.Converter',
  'java.lang.String',
  'Nope',
  '',
  ' ',
  null,
];

const CONVERTER_KEYS = [
  'schemas.enable',
  'schemas.cache.size',
  'decimal.format',
  'converter.type',
  'converter.encoding',
];

const VALUES = [
  '',
  ' ',
  'x',
  '0',
  '-1',
  'true',
  'TRUE',
  '1.5',
  '99999999999',
  'numeric',
  'key',
  'UTF-8',
  null,
  5,
  false,
];

const OVERRIDES = [
  'producer.override.linger.ms',
  'producer.override.acks',
  'producer.override.bootstrap.servers',
  'producer.override.batch.size',
  'producer.override.compression.type',
  'producer.override.nope',
  'consumer.override.fetch.min.bytes',
  'consumer.override.auto.offset.reset',
  'consumer.override.group.id',
  'consumer.override.max.poll.records',
  'admin.override.retries',
  'admin.override.nope',
];

/** Rules that look at several properties at once. */
const TOGETHER: readonly Step[] = [
  validate('FileStreamSink', { 'connector.class': 'FileStreamSink', name: 'v' }),
  validate('FileStreamSource', { 'connector.class': 'FileStreamSource' }),
  ...['a,b', 'a,a', ' a , b ', ',', 'a,', '__x', 'a b'].map((topics) => sink({ topics })),
  ...['a.*', '[', '(', '*', '', ' ', 'x{', '\\'].map((regex) => sink({ topics: undefined, 'topics.regex': regex })),
  sink({ 'topics.regex': 'a.*' }),
  sink({ topics: '', 'topics.regex': '' }),
  sink({ topics: '', 'topics.regex': 'a' }),
  sink({ 'errors.deadletterqueue.topic.name': 't' }),
  sink({ 'errors.deadletterqueue.topic.name': 'dlq' }),
  sink({
    'errors.deadletterqueue.topic.name': 'dlq',
    'producer.override.linger.ms': '5',
    'admin.override.retries': '5',
  }),
  sink({ topics: undefined, 'topics.regex': '.*', 'errors.deadletterqueue.topic.name': 'dlq' }),
  sink({ topics: undefined, 'topics.regex': 'a', 'errors.deadletterqueue.topic.name': 'dlq' }),
  sink({ 'consumer.override.group.id': SIDE }),
  sink({ 'consumer.override.group.id': 'another' }),
  source({ 'exactly.once.support': 'required' }),
  source({ 'exactly.once.support': 'requested', 'transaction.boundary': 'connector' }),
  source({ 'transaction.boundary': 'interval', 'transaction.boundary.interval.ms': '0' }),
  source({ 'transaction.boundary': 'interval', 'transaction.boundary.interval.ms': '10' }),
  source({ 'offsets.storage.topic': 'o', 'consumer.override.fetch.min.bytes': '5', 'admin.override.retries': '5' }),
  source({ 'topic.creation.groups': 'x' }),
  source({
    'topic.creation.groups': 'x',
    'topic.creation.default.partitions': '1',
    'topic.creation.default.replication.factor': '1',
    'admin.override.retries': '5',
  }),
  source({
    'tasks.max': 0,
    'errors.tolerance': 'maybe',
    'key.converter': 'Nope',
    'errors.retry.timeout': 'x',
    topic: '',
  }),
  source({ name: '' }),
  source({ name: ' ' }),
  source({ name: null }),
  source({ name: 'a\u0001b' }),
  source({ name: 'a\nb\u007f' }),
  source({ name: 'a/b%c' }),
  source({ unknown: 'x', 'un known': '' }),
  source({ unknown: null }),
  source({ unknown: null, other: null, file: null }),
  source({ 'value.converter.replace.null.with.default': null, 'value.converter.decimal.format': null }),
  source({ file: null, topic: null }),
  source({ file: '${env:CONFORMANCE_NOT_SET}' }),
  source({ file: '${env:PATH}' }),
  source({ 'tasks.max': '${env:PATH}' }),
  source({ file: '${nope:X}' }),
  source({ file: '${env:a:b}' }),
  source({ file: '${}' }),
  source({ 'config.action.reload': 'NONE' }),
  source({ 'key.converter.schemas.enable': 'x' }),
  source({ 'key.converter': 'JsonConverter', 'value.converter': 'JsonConverter', 'header.converter': 'JsonConverter' }),
];

/** Validation by hand: classes, versions, converters, overrides, rules across properties. */
export const validation: Scenario[] = singles([
  ...CLASSES.map(([path, named]) => validate(path, { ...SOURCE, 'connector.class': named })),
  validate('FileStreamSink', {}),
  ...VERSIONS.flatMap((version) => [
    source({ 'connector.plugin.version': version }),
    source({ 'value.converter': 'JsonConverter', 'value.converter.plugin.version': version }),
    source({ 'value.converter.plugin.version': version }),
  ]),
  ...CONVERTERS.flatMap((converter) =>
    ['key', 'value', 'header'].map((role) => source({ [`${role}.converter`]: converter })),
  ),
  ...CONVERTER_KEYS.flatMap((key) =>
    VALUES.map((value) =>
      source({
        'value.converter': key === 'converter.encoding' ? 'StringConverter' : 'JsonConverter',
        [`value.converter.${key}`]: value,
      }),
    ),
  ),
  ...OVERRIDES.flatMap((key) =>
    ['5', 'x', '', null].flatMap((value) => [source({ [key]: value }), sink({ [key]: value })]),
  ),
  ...TOGETHER,
]);
