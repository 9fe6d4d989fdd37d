import {
  DataError,
  Decimal,
  Float64,
  Struct,
  javaDouble,
  javaFloat,
  keysInOrder,
  type ConnectValue,
  type PlainObject,
  type Schema,
} from '@tributary/connect-api';

/**
 * A record's key or value as one line of JSON: numbers with their digits, doubles with a fraction, bytes as base64, dates
 * as milliseconds. Throws a {@link DataError} for a struct, which has no such form.
 */
export function jsonText(value: ConnectValue, schema: Schema | null): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number') return numberText(value, schema);
  if (typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Struct) throw new DataError('a Struct cannot be written');
  if (value instanceof Float64) return doubleText(javaDouble(value.value));
  if (value instanceof Decimal) return value.toString();
  if (value instanceof Date) return String(value.getTime());
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString('base64'));
  if (isList(value)) return `[${value.map((each) => jsonText(each, schema?.valueSchema ?? null)).join(',')}]`;
  return `{${members(value, schema).join(',')}}`;
}

function members(value: Map<ConnectValue, ConnectValue> | PlainObject, schema: Schema | null): string[] {
  const inner = schema?.valueSchema ?? null;
  const member = (key: ConnectValue, each: ConnectValue) => `${JSON.stringify(String(key))}:${jsonText(each, inner)}`;
  if (value instanceof Map) return [...value].map(([key, each]) => member(key, each));
  return keysInOrder(value).map((key) => member(key, value[key]));
}

function numberText(value: number, schema: Schema | null): string {
  if (schema?.type === 'FLOAT32') return doubleText(javaFloat(value));
  return Number.isInteger(value) && schema?.type !== 'FLOAT64' ? String(value) : doubleText(javaDouble(value));
}

/** JSON has no word for what is no number. */
function doubleText(text: string): string {
  return /[a-z]/.test(text) ? JSON.stringify(text) : text;
}

function isList(value: ConnectValue): value is readonly ConnectValue[] {
  return Array.isArray(value);
}
