import {
  DataError,
  Decimal,
  Float64,
  SchemaBuilder,
  Schemas,
  Struct,
  type ConnectValue,
  type Schema,
} from '@tributary/connect-api';
import { expect, it } from 'vitest';
import { jsonText } from './json-text.js';

it.each<[ConnectValue, Schema | null, string]>([
  [null, null, 'null'],
  [undefined, null, 'null'],
  ['a"b', null, '"a\\"b"'],
  [true, null, 'true'],
  [7, Schemas.INT64, '7'],
  [2n ** 60n, Schemas.INT64, '1152921504606846976'],
  [1, Schemas.FLOAT64, '1.0'],
  [Math.fround(12.2), Schemas.FLOAT32, '12.2'],
  [NaN, Schemas.FLOAT64, '"NaN"'],
  [1.5, null, '1.5'],
  [new Float64(1), null, '1.0'],
  [new Decimal(125n, 2), null, '1.25'],
  [new Date(5), null, '5'],
  [Buffer.from('hi'), Schemas.BYTES, '"aGk="'],
  [[1, 'a', null], null, '[1,"a",null]'],
  [[1], SchemaBuilder.array(Schemas.FLOAT64).build(), '[1.0]'],
  [new Map<ConnectValue, ConnectValue>([[1, 'a']]), null, '{"1":"a"}'],
  [{ b: 1, a: { c: [] } }, null, '{"b":1,"a":{"c":[]}}'],
])('writes %o with schema %o as %s', (value, schema, expected) => {
  expect(jsonText(value, schema)).toBe(expected);
});

it('refuses a struct, also inside a list', () => {
  const struct = new Struct(SchemaBuilder.struct().field('a', Schemas.INT32).build());
  expect(() => jsonText([struct], null)).toThrow(DataError);
});
