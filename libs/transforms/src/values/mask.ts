import {
  DataError,
  Decimal,
  Float64,
  javaClassOf,
  type ConnectValue,
  type Schema,
  type SchemaType,
} from '@tributary/connect-api';
import { isMap } from '../record/requirements.js';
import { numberTypeOf, plainDouble, safeInteger } from './numbers.js';

/** An empty value of the same type: 0, false, an empty text, list or map. Throws a {@link DataError} where there is none. */
export function emptyLike(value: ConnectValue, schema: Schema | null): ConnectValue {
  if (typeof value === 'string') return '';
  if (typeof value === 'boolean') return false;
  if (value instanceof Date) return new Date(0);
  if (value instanceof Decimal) return new Decimal(0n, 0);
  const type = numberTypeOf(value, schema);
  if (type !== undefined) return schema === null && isFloat(type) ? new Float64(0) : 0;
  if (Array.isArray(value)) return [];
  if (isMap(value)) return schema === null ? {} : new Map();
  throw new DataError(`Cannot mask value of type: class ${javaClassOf(value, schema)}`);
}

/** The replacement as a value of the same type, which must be a text or a number; throws a {@link DataError}. */
export function replacedBy(replacement: string, value: ConnectValue, schema: Schema | null): ConnectValue {
  if (typeof value === 'string') return replacement;
  if (value instanceof Decimal) return decimalOf(replacement, 'number');
  const type = numberTypeOf(value, schema);
  if (type !== undefined) return numberOf(decimalOf(replacement, 'a number'), type, schema === null);
  throw new DataError(`Cannot mask value of type class ${javaClassOf(value, schema)} with custom replacement.`);
}

/** Too large and too exact numbers are cut, as Java cuts them. */
function numberOf(decimal: Decimal, type: SchemaType, schemaless: boolean): ConnectValue {
  switch (type) {
    case 'INT8':
      return Number(BigInt.asIntN(8, decimal.toInt64()));
    case 'INT16':
      return Number(BigInt.asIntN(16, decimal.toInt64()));
    case 'INT32':
      return Number(BigInt.asIntN(32, decimal.toInt64()));
    case 'INT64':
      return safeInteger(decimal.toInt64());
    case 'FLOAT32':
      return Math.fround(decimal.toNumber());
    default:
      return schemaless ? plainDouble(decimal.toNumber()) : decimal.toNumber();
  }
}

function decimalOf(text: string, wanted: string): Decimal {
  try {
    return Decimal.fromString(text);
  } catch (cause) {
    throw new DataError(`Unable to convert ${text} (class java.lang.String) to ${wanted}`, { cause });
  }
}

function isFloat(type: SchemaType): boolean {
  return type === 'FLOAT32' || type === 'FLOAT64';
}
