import { DataError } from '../errors.js';
import { javaFloat } from '../java-number.js';
import { DATE_NAME, TEMPORAL_NAMES, TIMESTAMP_NAME, TIME_NAME } from '../logical-names.js';
import { DateSchema, TimeSchema, TimestampSchema } from '../logical-types.js';
import { Float64, type ConnectValue, type Schema, type SchemaAndValue, type SchemaType } from '../schema.js';

const WIDTH: Readonly<Partial<Record<SchemaType, number>>> = {
  INT8: 1,
  INT16: 2,
  INT32: 3,
  INT64: 4,
  FLOAT32: 5,
  FLOAT64: 6,
};

/** Finds the schema that all elements of a list (or all keys, all values of a map) can have. */
export class CommonSchema {
  #common: Schema | null = null;
  #compatible = true;

  /** Null where there was no element with a schema, or they have none in common. */
  get schema(): Schema | null {
    return this.#common;
  }

  merge(element: SchemaAndValue | null): void {
    if (element === null || element.schema === null || !this.#compatible) return;
    if (this.#common === null) {
      this.#common = element.schema;
    } else {
      this.#common = wider(this.#common, element.schema);
      this.#compatible = this.#common !== null;
    }
  }
}

/** Of two number types the wider one; of the same type the later schema; null where they do not go together. */
function wider(previous: Schema, latest: Schema): Schema | null {
  if (previous.type === latest.type) return latest;
  const [a, b] = [WIDTH[previous.type], WIDTH[latest.type]];
  if (a === undefined || b === undefined) return null;
  return a > b ? previous : latest;
}

/**
 * Gives an element the form of the common schema, null where there is none; throws a {@link DataError} where that is
 * impossible.
 */
export function aligned(schema: Schema | null, element: SchemaAndValue | null): ConnectValue {
  if (schema === null) return element === null ? null : detached(element.value, element.schema);
  const value = element?.value ?? null;
  if (value === null) throw new DataError('Unable to convert a null value to a schema that requires a value');
  if (typeof value === 'number' || typeof value === 'bigint') return numberAs(schema, value);
  if (value instanceof Date && (schema.name === null || !TEMPORAL_NAMES.has(schema.name))) {
    throw new DataError(`Unable to convert ${value.toISOString()} to ${schema.type}`);
  }
  return value;
}

function numberAs(schema: Schema, value: number | bigint): ConnectValue {
  switch (schema.name) {
    case DATE_NAME:
      return DateSchema.toLogical(schema, Number(value));
    case TIME_NAME:
      return TimeSchema.toLogical(schema, Number(value));
    case TIMESTAMP_NAME:
      return TimestampSchema.toLogical(schema, value);
    default:
  }
  if (schema.type === 'FLOAT32') return Math.fround(Number(value));
  return schema.type === 'FLOAT64' ? Number(value) : value;
}

/** A value that goes without its schema: a float becomes the double that prints alike. */
function detached(value: ConnectValue, schema: Schema | null): ConnectValue {
  if (typeof value === 'number' && (schema?.type === 'FLOAT32' || schema?.type === 'FLOAT64')) {
    const double = schema.type === 'FLOAT32' ? Number(javaFloat(value)) : value;
    return Number.isInteger(double) ? new Float64(double) : double;
  }
  if (isList(value)) return value.map((item) => detached(item, schema?.valueSchema ?? null));
  if (!(value instanceof Map)) return value;
  const [keys, values] = [schema?.keySchema ?? null, schema?.valueSchema ?? null];
  return new Map([...value].map(([key, member]) => [detached(key, keys), detached(member, values)]));
}

function isList(value: ConnectValue): value is readonly ConnectValue[] {
  return Array.isArray(value);
}
