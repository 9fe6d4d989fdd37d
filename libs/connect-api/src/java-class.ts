import { Decimal } from './decimal.js';
import { Float64, type ConnectValue } from './schema.js';
import { StructBase } from './struct-base.js';

/**
 * The Java class that stands for a value in error messages, where clients match on it: `java.lang.String`. An integral
 * number counts as a Long, as nothing tells which of the integer types it is.
 */
export function javaClassOf(value: ConnectValue): string {
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
