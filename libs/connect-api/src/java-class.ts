import { Decimal } from './decimal.js';
import { Float64, type ConnectValue, type Schema, type SchemaType } from './schema.js';
import { StructBase } from './struct-base.js';

const NUMBERS: Readonly<Partial<Record<SchemaType, string>>> = {
  INT8: 'java.lang.Byte',
  INT16: 'java.lang.Short',
  INT32: 'java.lang.Integer',
  INT64: 'java.lang.Long',
  FLOAT32: 'java.lang.Float',
  FLOAT64: 'java.lang.Double',
};

/**
 * The Java class that stands for a value in error messages, where clients match on it: `java.lang.String`. The schema tells
 * which class a number has; without one it is a Long where it is integral, else a Double.
 */
export function javaClassOf(value: ConnectValue, schema: Schema | null = null): string {
  const byType = schema === null || typeof value !== 'number' ? undefined : NUMBERS[schema.type];
  if (byType !== undefined) return byType;
  switch (typeof value) {
    case 'string':
      return 'java.lang.String';
    case 'boolean':
      return 'java.lang.Boolean';
    case 'bigint':
      return 'java.lang.Long';
    case 'number':
      return Number.isInteger(value) ? 'java.lang.Long' : 'java.lang.Double';
    default:
  }
  if (value === null || value === undefined) return 'null';
  if (value instanceof Uint8Array) return '[B';
  if (value instanceof Date) return 'java.util.Date';
  if (value instanceof Decimal) return 'java.math.BigDecimal';
  if (value instanceof Float64) return 'java.lang.Double';
  if (value instanceof StructBase) return 'org.apache.kafka.connect.data.Struct';
  return Array.isArray(value) ? 'java.util.ArrayList' : 'java.util.HashMap';
}
