import { describe, expect, it } from 'vitest';
import { TimestampSchema } from './logical-types.js';
import { SchemaBuilder } from './schema-builder.js';
import type { ConnectValue } from './schema.js';
import { Schemas } from './schemas.js';
import { Struct } from './struct.js';

const INNER = SchemaBuilder.struct().name('in').field('x', Schemas.INT32).build();
const OUTER = SchemaBuilder.struct()
  .field('i', Schemas.INT32)
  .field('o', Schemas.OPTIONAL_STRING)
  .field('d', SchemaBuilder.int32().default(5).build())
  .field('l', SchemaBuilder.array(Schemas.INT32).optional().build())
  .field('m', SchemaBuilder.map(Schemas.STRING, Schemas.INT32).optional().build())
  .field('s', INNER)
  .field('t', TimestampSchema.builder().optional().build())
  .field('b', Schemas.OPTIONAL_INT64)
  .build();

describe('Struct', () => {
  it('gives what was put, the default where nothing was, null where there is none', () => {
    const struct = new Struct(OUTER).put('i', 1).put('b', 2n ** 60n);
    expect(struct.get('i')).toBe(1);
    expect(struct.get('d')).toBe(5);
    expect(struct.getWithoutDefault('d')).toBeNull();
    expect(struct.get('o')).toBeNull();
    expect(struct.getInt64('b')).toBe(2n ** 60n);
    expect(struct.getNumber('i')).toBe(1);
  });

  it.each<[string, ConnectValue, string]>([
    ['zz', 1, 'zz is not a valid field name'],
    ['i', 'x', 'Invalid Java object for schema with type INT32: class java.lang.String for field: "i"'],
    ['i', 2 ** 31, 'Invalid Java object for schema with type INT32: class java.lang.Long for field: "i"'],
    ['i', null, 'Invalid value: null used for required field: "i", schema type: INT32'],
    [
      'l',
      ['x'],
      'Invalid Java object for schema with type INT32: class java.lang.String for element of array field: "l"',
    ],
    ['l', [1, null], 'Invalid value: null used for required element of array field: "l", schema type: INT32'],
    [
      'm',
      new Map([[1, 2]]),
      'Invalid Java object for schema with type STRING: class java.lang.Long for key of map field: "m"',
    ],
    [
      'm',
      new Map([['a', 'b']]),
      'Invalid Java object for schema with type INT32: class java.lang.String for value of map field: "m"',
    ],
    [
      't',
      5,
      'Invalid Java object for schema "org.apache.kafka.connect.data.Timestamp" with type INT64: class java.lang.Long for field: "t"',
    ],
    ['s', new Struct(INNER), 'Invalid value: null used for required field: "x", schema type: INT32'],
    ['s', new Struct(SchemaBuilder.struct().build()), 'Struct schemas do not match.'],
  ])('refuses to put into %s: %s', (field, value, message) => {
    expect(() => new Struct(OUTER).put(field, value)).toThrow(message);
  });

  it('is valid only when every required field has a value', () => {
    const struct = new Struct(OUTER).put('i', 1);
    expect(() => struct.validate()).toThrow('Invalid value: null used for required field: "s", schema type: STRUCT');
    expect(() => struct.put('s', new Struct(INNER).put('x', 1)).validate()).not.toThrow();
  });

  it('refuses a getter of another type, and a schema that is no struct', () => {
    expect(() => new Struct(OUTER).getString('i')).toThrow("Field 'i' is not of type STRING");
    expect(() => new Struct(Schemas.INT32)).toThrow('Not a struct schema: Schema{INT32}');
  });

  it('equals one with equal values, also when schemas are two objects', () => {
    const inner = () => SchemaBuilder.struct().name('in').field('x', Schemas.INT32).build();
    expect(new Struct(inner()).put('x', 1).equals(new Struct(inner()).put('x', 1))).toBe(true);
    expect(new Struct(INNER).put('x', 1).equals(new Struct(INNER).put('x', 2))).toBe(false);
    expect(new Struct(INNER).put('x', 1).equals(new Struct(INNER))).toBe(false);
  });

  it('prints the fields that have a value', () => {
    const struct = new Struct(OUTER)
      .put('i', 1)
      .put('l', [1, 2])
      .put('m', new Map([['a', 1]]));
    expect(String(struct.put('s', new Struct(INNER).put('x', 3)))).toBe('Struct{i=1,l=[1, 2],m={a=1},s=Struct{x=3}}');
  });
});
