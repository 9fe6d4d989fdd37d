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
import { NotANumber, parseDouble, parseFloat32, parseInteger } from './java-parse.js';
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
  try {
    if (value instanceof Decimal) return decimal(replacement);
    const type = numberTypeOf(value, schema);
    if (type !== undefined) return numberIn(replacement, type, schema === null);
  } catch (cause) {
    if (!(cause instanceof NotANumber)) throw cause;
    throw new DataError(`Unable to convert ${replacement} (class java.lang.String) to a number`, { cause });
  }
  throw new DataError(`Cannot mask value of type class ${javaClassOf(value, schema)} with custom replacement.`);
}

function numberIn(text: string, type: SchemaType, schemaless: boolean): ConnectValue {
  switch (type) {
    case 'INT8':
      return Number(parseInteger(text, 8));
    case 'INT16':
      return Number(parseInteger(text, 16));
    case 'INT32':
      return Number(parseInteger(text, 32));
    case 'INT64':
      return safeInteger(parseInteger(text, 64));
    case 'FLOAT32':
      return parseFloat32(text);
    default:
      return schemaless ? plainDouble(parseDouble(text)) : parseDouble(text);
  }
}

function decimal(text: string): Decimal {
  try {
    return Decimal.fromString(text);
  } catch (cause) {
    throw new NotANumber(`'${text}' is not a decimal number`, { cause });
  }
}

function isFloat(type: SchemaType): boolean {
  return type === 'FLOAT32' || type === 'FLOAT64';
}
