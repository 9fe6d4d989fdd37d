import {
  DATE_NAME,
  DataError,
  DateSchema,
  Decimal,
  Float64,
  TIMESTAMP_NAME,
  TIME_NAME,
  TimeSchema,
  TimestampSchema,
  headerText,
  javaClassOf,
  javaToString,
  type ConnectValue,
  type Schema,
  type SchemaType,
} from '@tributary/connect-api';
import { ClassCastError } from '../record/java-errors.js';
import { NotANumber, parseDouble, parseFloat32, parseInteger } from './java-parse.js';
import { doubleToInteger, integerToFloat } from './narrowing.js';
import { numberTypeOf, plainDouble, plainFloat, safeInteger } from './numbers.js';
import { schemaTypeOf } from './schema-type.js';

/** What can be cast to. */
export type CastType = 'INT8' | 'INT16' | 'INT32' | 'INT64' | 'FLOAT32' | 'FLOAT64' | 'BOOLEAN' | 'STRING';

export const CAST_TYPES: readonly CastType[] = [
  'INT8',
  'INT16',
  'INT32',
  'INT64',
  'FLOAT32',
  'FLOAT64',
  'BOOLEAN',
  'STRING',
];
const TEMPORAL: ReadonlySet<string> = new Set([DATE_NAME, TIME_NAME, TIMESTAMP_NAME]);
const SOURCES: readonly SchemaType[] = [...CAST_TYPES, 'BYTES'];

/** The value as another type, as Java casts and reads numbers; null stays null. Throws a {@link DataError}. */
export function castValue(schema: Schema | null, value: ConnectValue, target: CastType): ConnectValue {
  if (value === null || value === undefined) return null;
  const source = schema === null ? schemaTypeOf(value) : schema.type;
  if (source === undefined) {
    const found = javaClassOf(value, schema);
    throw new DataError(
      `Cast transformation was passed a value of type class ${found} which is not supported by Connect's data API`,
    );
  }
  if (!SOURCES.includes(source)) {
    const supported = SOURCES.join(', ');
    throw new DataError(
      `Cast transformation does not support casting from ${source}; supported types are [${supported}]`,
    );
  }
  if (target === 'STRING') return headerText(value, schema);
  const plain = withoutLogicalType(schema, value);
  try {
    return cast(plain, schema, target);
  } catch (cause) {
    if (!(cause instanceof NotANumber)) throw cause;
    throw new DataError(`Value (${javaToString(plain, schema)}) was out of range for requested data type`, { cause });
  }
}

function cast(value: ConnectValue, schema: Schema | null, target: Exclude<CastType, 'STRING'>): ConnectValue {
  switch (target) {
    case 'INT8':
      return Number(integer(value, schema, 8));
    case 'INT16':
      return Number(integer(value, schema, 16));
    case 'INT32':
      return Number(integer(value, schema, 32));
    case 'INT64':
      return safeInteger(integer(value, schema, 64));
    case 'BOOLEAN':
      return typeof value === 'string' ? value.toLowerCase() === 'true' : integer(value, schema, 64) !== 0n;
    case 'FLOAT32':
      return schema === null ? plainFloat(float32(value, schema)) : float32(value, schema);
    case 'FLOAT64':
      return schema === null ? plainDouble(float64(value, schema)) : float64(value, schema);
  }
}

function integer(value: ConnectValue, schema: Schema | null, bits: 8 | 16 | 32 | 64): bigint {
  if (typeof value === 'string') return parseInteger(value, bits);
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'bigint') return BigInt.asIntN(bits, value);
  if (value instanceof Decimal) return BigInt.asIntN(bits, value.toInt64());
  const number = value instanceof Float64 ? value.value : value;
  if (typeof number !== 'number') throw unexpected(value, schema);
  const whole = numberTypeOf(value, schema)?.startsWith('INT') ?? Number.isSafeInteger(number);
  return BigInt.asIntN(bits, whole ? BigInt(number) : doubleToInteger(number, bits === 64 ? 64 : 32));
}

function float32(value: ConnectValue, schema: Schema | null): number {
  if (typeof value === 'string') return parseFloat32(value);
  if (typeof value === 'bigint') return integerToFloat(value);
  if (value instanceof Decimal) return parseFloat32(value.toString());
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) > 2 ** 24)
    return integerToFloat(BigInt(value));
  return Math.fround(float64(value, schema));
}

function float64(value: ConnectValue, schema: Schema | null): number {
  if (typeof value === 'string') return parseDouble(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Decimal) return value.toNumber();
  const number = value instanceof Float64 ? value.value : value;
  if (typeof number !== 'number') throw unexpected(value, schema);
  return number;
}

/** Dates as their base type has them. */
function withoutLogicalType(schema: Schema | null, value: ConnectValue): ConnectValue {
  if (schema?.name === undefined || schema.name === null || !TEMPORAL.has(schema.name)) return value;
  // What a Cast has made of a date still has the schema's name.
  if (!(value instanceof Date)) throw new ClassCastError(`class ${javaClassOf(value, schema)} is no java.util.Date`);
  switch (schema.name) {
    case DATE_NAME:
      return DateSchema.fromLogical(schema, value);
    case TIME_NAME:
      return TimeSchema.fromLogical(schema, value);
    case TIMESTAMP_NAME:
      return TimestampSchema.fromLogical(schema, value);
    default:
      return value;
  }
}

function unexpected(value: ConnectValue, schema: Schema | null): DataError {
  return new DataError(`Unexpected type in Cast transformation: class ${javaClassOf(value, schema)}`);
}
