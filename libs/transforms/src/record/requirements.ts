import {
  DataError,
  Decimal,
  Float64,
  Struct,
  javaClassOf,
  type ConnectValue,
  type Schema,
} from '@tributary/connect-api';

/** A map without schema: an object, or a Map where keys are not all text. */
export type SchemalessMap = { readonly [key: string]: ConnectValue } | Map<ConnectValue, ConnectValue>;

/** `purpose` says in messages what the transformation was about to do. Throws a {@link DataError}. */
export function requireStruct(value: ConnectValue, schema: Schema | null, purpose: string): Struct {
  if (value instanceof Struct) return value;
  throw new DataError(`Only Struct objects supported for [${purpose}], found: ${found(value, schema)}`);
}

/** Like {@link requireStruct}, for a value without schema. */
export function requireMap(value: ConnectValue, purpose: string, schema: Schema | null = null): SchemalessMap {
  if (isMap(value)) return value;
  throw new DataError(
    `Only Map objects supported in absence of schema for [${purpose}], found: ${found(value, schema)}`,
  );
}

/** Throws a {@link DataError} where a record has no schema. */
export function requireSchema(schema: Schema | null, purpose: string): Schema {
  if (schema === null) throw new DataError(`Schema required for [${purpose}]`);
  return schema;
}

export function isMap(value: ConnectValue): value is SchemalessMap {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  if (Object.getPrototypeOf(value) === Object.prototype) return true;
  if (value instanceof Map) return true;
  return !(
    value instanceof Struct ||
    value instanceof Date ||
    value instanceof Uint8Array ||
    value instanceof Decimal ||
    value instanceof Float64
  );
}

function found(value: ConnectValue, schema: Schema | null): string {
  return value === null || value === undefined ? 'null' : javaClassOf(value, schema);
}
