import {
  DateSchema,
  Decimal,
  DecimalSchema,
  Float64,
  SchemaBuilder,
  Schemas,
  Struct,
  TimeSchema,
  TimestampSchema,
  type ConnectValue,
  type Schema,
} from '@tributary/connect-api';

type Named = readonly [schema: Schema | null, value: ConnectValue];

const S = SchemaBuilder.struct().name('S').field('a', Schemas.INT32).field('b', Schemas.OPTIONAL_STRING).build();
const T = SchemaBuilder.struct().name('T').field('a', Schemas.INT32).build();
const TEXT_BY_TEXT = SchemaBuilder.map(Schemas.STRING, Schemas.STRING).build();
const TEXT_BY_INT = SchemaBuilder.map(Schemas.INT32, Schemas.STRING).build();
const DECIMAL = DecimalSchema.schema(2);
const FULL = SchemaBuilder.struct()
  .name('n')
  .version(3)
  .doc('d"')
  .parameter('p', 'q')
  .parameter('a', 'b')
  .optional()
  .field('l', SchemaBuilder.array(Schemas.OPTIONAL_INT64).optional().build())
  .field(
    'm',
    SchemaBuilder.map(Schemas.STRING, Schemas.FLOAT64)
      .default(new Map([['x', 1]]))
      .build(),
  )
  .field('d', DecimalSchema.builder(2).default(Decimal.fromString('1.00')).build())
  .field('t', TimestampSchema.builder().optional().default(new Date(5)).build())
  .build();

/** The values that the vectors of kind `write` call by name. */
export const NAMED_VALUES: Readonly<Record<string, Named>> = {
  null: [null, null],
  'lone surrogates': [null, 'a\ud800b\udc00\ud83d\ude00'],
  'lone surrogates with schema': [Schemas.STRING, '\ud800'],
  'list of lone surrogates': [null, ['\udfff']],
  'optional null': [Schemas.OPTIONAL_INT32, null],
  'optional null string': [Schemas.OPTIONAL_STRING, null],
  'optional null boolean': [Schemas.OPTIONAL_BOOLEAN, null],
  'required null': [Schemas.INT32, null],
  'default null': [SchemaBuilder.int32().optional().default(7).build(), null],
  'text as int32': [Schemas.INT32, 'x'],
  'text as int64': [Schemas.INT64, 'x'],
  'text as boolean': [Schemas.BOOLEAN, 'x'],
  'text as float': [Schemas.FLOAT32, 'x'],
  'text as double': [Schemas.FLOAT64, 'x'],
  'text as bytes': [Schemas.BYTES, 'x'],
  'text as array': [SchemaBuilder.array(Schemas.STRING).build(), 'x'],
  'text as map': [TEXT_BY_TEXT, 'x'],
  'text as struct': [S, 'x'],
  'text as decimal': [DECIMAL, 'x'],
  'text as date': [DateSchema.SCHEMA, 'x'],
  'text as time': [TimeSchema.SCHEMA, 'x'],
  'text as timestamp': [TimestampSchema.SCHEMA, 'x'],
  'boolean as string': [Schemas.STRING, true],
  'struct of another schema': [S, new Struct(T).put('a', 1)],
  struct: [S, new Struct(S).put('a', 1).put('b', 'x')],
  'struct with null': [S, new Struct(S).put('a', -1)],
  'schemaless struct': [null, new Struct(T).put('a', 1)],
  'schemaless text': [null, 'a"\\\u0001\u001f\u007f\n\u20ac\ud83d\ude00/'],
  'schemaless long': [null, 5],
  'schemaless huge': [null, 2n ** 63n - 1n],
  'schemaless double': [null, new Float64(5)],
  'schemaless fraction': [null, 1e-7],
  'schemaless boolean': [null, false],
  'schemaless bytes': [null, Uint8Array.of(1, 2, 255)],
  'schemaless date': [null, new Date(1234567890123)],
  'schemaless decimal': [null, Decimal.fromString('1.20')],
  'schemaless NaN': [null, Number.NaN],
  'schemaless infinity': [null, Number.NEGATIVE_INFINITY],
  list: [null, [1, 'a"b', null, true, 2.5]],
  'map with mixed keys': [
    null,
    new Map<ConnectValue, ConnectValue>([
      ['k\\', 1],
      [2, null],
    ]),
  ],
  map: [null, { z: [1], a: { x: 'y' } }],
  'empty map': [null, {}],
  'map with int keys': [
    TEXT_BY_INT,
    new Map([
      [3, 'x'],
      [1, 'y'],
    ]),
  ],
  'map with text for int keys': [TEXT_BY_INT, new Map([['q', 'r']])],
  'map with int for text keys': [TEXT_BY_TEXT, new Map([[true, 'r']])],
  float: [Schemas.FLOAT32, Math.fround(1.1)],
  'float NaN': [Schemas.FLOAT32, Number.NaN],
  'float infinity': [Schemas.FLOAT32, Number.POSITIVE_INFINITY],
  double: [Schemas.FLOAT64, 1e21],
  int16: [Schemas.INT16, -300],
  int64: [Schemas.INT64, -(2n ** 63n)],
  bytes: [Schemas.BYTES, Uint8Array.of(0, 1)],
  'no bytes': [Schemas.BYTES, new Uint8Array(0)],
  decimal: [DECIMAL, Decimal.fromString('-12.30')],
  'decimal of another scale': [DECIMAL, Decimal.fromString('1.234')],
  'decimal with exponent': [DecimalSchema.schema(-3), Decimal.fromString('12E+3')],
  'small decimal': [DecimalSchema.schema(10), Decimal.fromString('0.0000000001')],
  date: [DateSchema.SCHEMA, new Date(86_400_000 * 18262)],
  'date before 1970': [DateSchema.SCHEMA, new Date(-86_400_000)],
  'date with time': [DateSchema.SCHEMA, new Date(1)],
  time: [TimeSchema.SCHEMA, new Date(45_296_789)],
  'time with date': [TimeSchema.SCHEMA, new Date(86_400_001)],
  timestamp: [TimestampSchema.SCHEMA, new Date(1_577_934_245_678)],
  'timestamp before 1970': [TimestampSchema.SCHEMA, new Date(-1)],
  'full struct': [
    FULL,
    new Struct(FULL)
      .put('l', [1, null])
      .put('m', new Map([['y', 2]]))
      .put('d', Decimal.fromString('0.01')),
  ],
  'full struct with defaults': [FULL, new Struct(FULL)],
  'full null': [FULL, null],
};
