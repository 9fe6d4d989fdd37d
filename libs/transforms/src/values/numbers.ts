import { Float64, javaFloat, type ConnectValue, type Schema, type SchemaType } from '@tributary/connect-api';

const NUMBERS: ReadonlySet<SchemaType> = new Set(['INT8', 'INT16', 'INT32', 'INT64', 'FLOAT32', 'FLOAT64']);

/** Which type of number a value is; without a schema INT64 or FLOAT64. Undefined for what is no number. */
export function numberTypeOf(value: ConnectValue, schema: Schema | null): SchemaType | undefined {
  if (typeof value !== 'number' && typeof value !== 'bigint' && !(value instanceof Float64)) return undefined;
  if (schema !== null) return NUMBERS.has(schema.type) ? schema.type : undefined;
  return typeof value === 'bigint' || Number.isSafeInteger(value) ? 'INT64' : 'FLOAT64';
}

/** An INT64: a number while that is exact. */
export function safeInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** A double without schema, which must not look like an integer. */
export function plainDouble(double: number): number | Float64 {
  return Number.isInteger(double) ? new Float64(double) : double;
}

/** A float without schema: the double that prints alike. */
export function plainFloat(float: number): number | Float64 {
  return plainDouble(Number.isFinite(float) ? Number(javaFloat(float)) : float);
}
