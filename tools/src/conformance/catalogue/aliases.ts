import { request, singles, type Scenario, type Step } from '../step.js';

const SOURCE = { 'connector.class': 'FileStreamSource', name: 'v', file: '/f', topic: 't' };
const validate = (config: object): Step =>
  request('PUT', '/connector-plugins/FileStreamSource/config/validate', { ...SOURCE, ...config });

/** A chain of one, of this type. */
const transform = (type: unknown, more: object = {}) =>
  validate({ transforms: 't', 'transforms.t.type': type, ...more });

/** One predicate, of this type. */
const predicate = (type: unknown, more: object = {}) =>
  validate({ predicates: 'p', 'predicates.p.type': type, ...more });

const OF_KEYS_AND_VALUES = [
  'Cast',
  'ExtractField',
  'Flatten',
  'HeaderFrom',
  'HoistField',
  'InsertField',
  'MaskField',
  'ReplaceField',
  'SetSchemaMetadata',
  'TimestampConverter',
];
const OF_RECORDS = ['DropHeaders', 'Filter', 'InsertHeader', 'RegexRouter', 'TimestampRouter', 'ValueToKey'];
const PACKAGE = 'org.apache.kafka.connect.transforms.';
const TRANSFORMS = [...OF_KEYS_AND_VALUES.flatMap((name) => [`${name}$Key`, `${name}$Value`]), ...OF_RECORDS];
const PREDICATES = ['HasHeaderKey', 'RecordIsTombstone', 'TopicNameMatches'];

/** Properties of transformations with values of all kinds. */
const PROPERTIES: readonly (readonly [type: string, property: string, values: readonly unknown[]])[] = [
  [
    'Cast$Value',
    'spec',
    ['int8', 'a:int8', 'a:foo', 'foo', 'a:b:c', '', ',', 'a:int8,a:int16', 'a:', ':int8', ':', null],
  ],
  ['Cast$Key', 'replace.null.with.default', ['x', 'TRUE', '', null]],
  ['ExtractField$Value', 'field', ['a', '', null]],
  ['ExtractField$Value', 'field.syntax.version', ['V1', 'v2', 'V3', '', null]],
  ['Flatten$Value', 'delimiter', ['', '_', null]],
  ['HeaderFrom$Value', 'operation', ['move', 'copy', 'MOVE', 'x', '', null]],
  ['HeaderFrom$Value', 'fields', ['a', '', 'a,a', null]],
  ['InsertField$Value', 'offset.field', ['o?', '', null]],
  ['MaskField$Value', 'fields', ['a,b', '', 'a,a', null]],
  ['MaskField$Value', 'replacement', ['x', '', null]],
  ['RegexRouter', 'regex', ['a.*', '[', '', 'x{', null]],
  ['RegexRouter', 'replacement', ['$1', '', null]],
  ['ReplaceField$Value', 'renames', ['a:b', 'a', 'a:b:c', ':', '', 'a:b,a:c', null]],
  ['ReplaceField$Value', 'exclude', ['a', '', 'a,a', null]],
  ['SetSchemaMetadata$Value', 'schema.version', ['1', 'x', '1.5', '', null]],
  ['TimestampConverter$Value', 'target.type', ['string', 'unix', 'Date', 'x', '', null]],
  ['TimestampConverter$Value', 'unix.precision', ['seconds', 'x', '', null]],
  ['TimestampRouter', 'timestamp.format', ['yyyy', 'x', '', null]],
  ['ValueToKey', 'fields', ['a', '', null]],
  ['InsertHeader', 'header', ['a', '', null]],
  ['DropHeaders', 'headers', ['a', '', 'a,a', null]],
];

const ODD_TYPES = [
  '',
  ' ',
  'Nope',
  'Filter',
  'RegexRouter',
  `${PACKAGE}Cast`,
  `${PACKAGE}predicates.TopicNameMatches`,
  null,
];

/** Several aliases, missing ones, and what they have to do with each other. */
const TOGETHER: readonly Step[] = [
  ...['a,b', 'a,a', ' a ', ',', 'a,', 'a.b', 'type'].map((transforms) => validate({ transforms })),
  ...['a,b', 'a,a', ' a ', ','].map((predicates) => validate({ predicates })),
  ...ODD_TYPES.flatMap((type) => [transform(type), predicate(type)]),
  ...['p', 'nope', '', null].flatMap((name) =>
    [undefined, 'true', 'x', '', null].map((negate) =>
      validate({
        transforms: 't',
        'transforms.t.type': `${PACKAGE}Filter`,
        'transforms.t.predicate': name,
        'transforms.t.negate': negate,
        predicates: 'p',
        'predicates.p.type': `${PACKAGE}predicates.RecordIsTombstone`,
      }),
    ),
  ),
  transform(`${PACKAGE}Filter`, { 'transforms.t.negate': 'true' }),
  transform('JsonConverter', { 'transforms.t.negate': 'true' }),
  transform('Nope', { 'transforms.t.negate': 'true' }),
  transform(` ${PACKAGE}Filter `),
  ...['4.3.1', '9.9', '[bad', '', '(1)', '1,2]', ' 1 , 2 ', '[1,3],[2,4]'].flatMap((version) => [
    transform(`${PACKAGE}Filter`, { 'transforms.t.plugin.version': version }),
    predicate(`${PACKAGE}predicates.RecordIsTombstone`, { 'predicates.p.plugin.version': version }),
  ]),
  validate({
    transforms: 'b,a',
    'transforms.a.type': 'RegexRouter',
    'transforms.a.regex': 'x',
    'transforms.a.replacement': 'y',
    'transforms.b.type': `${PACKAGE}HoistField$Value`,
  }),
];

/** Validation and definitions of transformations and predicates. */
export const aliases: Scenario[] = singles([
  ...TRANSFORMS.flatMap((name) => [
    request('GET', `/connector-plugins/${PACKAGE}${name}/config`),
    transform(`${PACKAGE}${name}`),
    transform(name),
  ]),
  ...PREDICATES.flatMap((name) => [
    request('GET', `/connector-plugins/${PACKAGE}predicates.${name}/config`),
    predicate(`${PACKAGE}predicates.${name}`),
    predicate(name),
  ]),
  ...PROPERTIES.flatMap(([type, property, values]) =>
    values.map((value) => transform(`${PACKAGE}${type}`, { [`transforms.t.${property}`]: value })),
  ),
  ...['a.*', '[', '', null].map((pattern) =>
    predicate(`${PACKAGE}predicates.TopicNameMatches`, { 'predicates.p.pattern': pattern }),
  ),
  ...['a', '', null].map((name) => predicate(`${PACKAGE}predicates.HasHeaderKey`, { 'predicates.p.name': name })),
  ...TOGETHER,
]);
