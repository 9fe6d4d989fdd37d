import { describe, expect, it } from 'vitest';
import { schemaEquals } from './connect-schema.js';
import { Decimal } from './decimal.js';
import { DateSchema, DecimalSchema, TimeSchema, TimestampSchema } from './logical-types.js';
import { SchemaBuilder } from './schema-builder.js';
import type { Schema } from './schema.js';
import { Schemas } from './schemas.js';

function order(doc = 'd'): Schema {
  return SchemaBuilder.struct()
    .name('Order')
    .version(2)
    .doc(doc)
    .parameters({ b: '1', a: '2' })
    .field('id', Schemas.INT64)
    .field('tags', SchemaBuilder.array(Schemas.STRING).optional().build())
    .build();
}

describe('SchemaBuilder', () => {
  it('builds what it was told, required unless optional, parameters in their order', () => {
    const schema = order();
    expect(schema).toMatchObject({ type: 'STRUCT', name: 'Order', version: 2, doc: 'd', optional: false });
    expect([...(schema.parameters ?? [])]).toEqual([
      ['b', '1'],
      ['a', '2'],
    ]);
    expect(schema.fields.map(({ name, index }) => [name, index])).toEqual([
      ['id', 0],
      ['tags', 1],
    ]);
    expect(schema.field('tags')?.schema.valueSchema).toBe(Schemas.STRING);
    expect(schema.field('nope')).toBeUndefined();
    expect(String(schema)).toBe('Schema{Order:STRUCT}');
  });

  it.each<[string, () => unknown, string]>([
    [
      'a second name',
      () => SchemaBuilder.int8().name('a').name('b'),
      'Invalid SchemaBuilder call: name has already been set.',
    ],
    [
      'optional and required',
      () => SchemaBuilder.int8().optional().required(),
      'Invalid SchemaBuilder call: optional has already been set.',
    ],
    [
      'a second default',
      () => SchemaBuilder.int8().default(1).default(2),
      'Invalid SchemaBuilder call: default has already been set.',
    ],
    ['a default of another type', () => SchemaBuilder.int8().default('x'), 'Invalid default value'],
    ['a default out of range', () => SchemaBuilder.int8().default(128), 'Invalid default value'],
    ['fields of a number', () => SchemaBuilder.int8().field('a', Schemas.INT8), 'Cannot create fields on type INT8'],
    [
      'a field twice',
      () => SchemaBuilder.struct().field('a', Schemas.INT8).field('a', Schemas.INT8),
      'Cannot create field because of field name duplication a',
    ],
    ['a field without name', () => SchemaBuilder.struct().field('', Schemas.INT8), 'fieldName cannot be null.'],
  ])('refuses %s', (_, build, message) => {
    expect(build).toThrow(message);
  });

  it('says in the cause why a default is refused', () => {
    try {
      SchemaBuilder.int8().default('x');
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        code: 'SCHEMA_BUILDER',
        cause: { message: 'Invalid Java object for schema with type INT8: class java.lang.String for value' },
      });
    }
  });
});

describe('schemaEquals', () => {
  it('holds for schemas built alike, however deep', () => {
    expect(schemaEquals(order(), order())).toBe(true);
    expect(schemaEquals(null, null)).toBe(true);
  });

  it.each<[string, Schema]>([
    ['documentation', order('other')],
    ['type', Schemas.INT8],
    ['optionality', Schemas.OPTIONAL_INT64],
  ])('sees a difference in %s', (_, other) => {
    expect(schemaEquals(order(), other)).toBe(false);
    expect(schemaEquals(other, null)).toBe(false);
  });

  it('compares defaults by value', () => {
    const schema = (text: string) => DecimalSchema.builder(2).default(Decimal.fromString(text)).build();
    expect(schemaEquals(schema('1.00'), schema('1.00'))).toBe(true);
    expect(schemaEquals(schema('1.00'), schema('1.01'))).toBe(false);
    const map = (value: number) =>
      SchemaBuilder.map(Schemas.STRING, Schemas.INT8)
        .default(new Map([['a', value]]))
        .build();
    expect(schemaEquals(map(1), map(1))).toBe(true);
    expect(schemaEquals(map(1), map(2))).toBe(false);
  });
});

describe('logical types', () => {
  it('convert to their base type and back', () => {
    const day = new Date(Date.UTC(2020, 0, 2));
    expect(DateSchema.fromLogical(DateSchema.SCHEMA, day)).toBe(18263);
    expect(DateSchema.toLogical(DateSchema.SCHEMA, 18263)).toEqual(day);
    expect(TimeSchema.toLogical(TimeSchema.SCHEMA, 5)).toEqual(new Date(5));
    expect(TimestampSchema.fromLogical(TimestampSchema.SCHEMA, new Date(-1))).toBe(-1);
    const decimal = DecimalSchema.schema(2);
    expect(DecimalSchema.toLogical(decimal, DecimalSchema.fromLogical(decimal, Decimal.fromString('-12.30')))).toEqual(
      Decimal.fromString('-12.30'),
    );
  });

  it.each<[() => unknown, string]>([
    [
      () => DecimalSchema.fromLogical(DecimalSchema.schema(2), Decimal.fromString('1')),
      'Decimal value has mismatching scale for given Decimal schema. Schema has scale 2, value has scale 0.',
    ],
    [() => DecimalSchema.scaleOf(Schemas.BYTES), 'Invalid Decimal schema: scale parameter not found.'],
    [
      () => DecimalSchema.scaleOf(SchemaBuilder.bytes().parameter('scale', 'x').build()),
      'Invalid scale parameter found in Decimal schema: ',
    ],
    [
      () => DateSchema.fromLogical(DateSchema.SCHEMA, new Date(1)),
      'Kafka Connect Date type should not have any time fields set to non-zero values.',
    ],
    [
      () => TimeSchema.fromLogical(TimeSchema.SCHEMA, new Date(86_400_001)),
      'Kafka Connect Time type should not have any date fields set to non-zero values.',
    ],
    [
      () => TimeSchema.toLogical(TimeSchema.SCHEMA, -1),
      'Time values must use number of milliseconds greater than 0 and less than 86400000',
    ],
    [
      () => TimestampSchema.fromLogical(Schemas.INT64, new Date()),
      'Requested conversion of Timestamp object but the schema does not match.',
    ],
    [
      () => TimestampSchema.toLogical(TimestampSchema.SCHEMA, 2n ** 60n),
      'Timestamp 1152921504606846976 is beyond what a Date can hold',
    ],
  ])('refuse what does not fit: %s', (convert, message) => {
    expect(convert).toThrow(message);
  });
});
