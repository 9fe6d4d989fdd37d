import { DAY_MS } from '../calendar.js';
import { Decimal } from '../decimal.js';
import { javaDouble, javaFloat } from '../java-number.js';
import { keysInOrder } from '../plain-object.js';
import { Float64, type ConnectValue, type Schema } from '../schema.js';
import { StructBase } from '../struct-base.js';

/**
 * A value as the text of a header: text as it is, numbers as Java prints them, bytes as base64, `["a",1]`, `{"k":"v"}`
 * for maps and structs. A Date before 1970-01-02 is a time of day, one at midnight a day, any other both.
 */
export function headerText(value: ConnectValue, schema: Schema | null): string {
  return text(value, schema, false);
}

function text(value: ConnectValue, schema: Schema | null, embedded: boolean): string {
  switch (typeof value) {
    case 'string':
      return embedded ? quoted(value) : value;
    case 'number':
      return number(value, schema);
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      return value === null || value === undefined ? 'null' : object(value, schema, embedded);
  }
}

function number(value: number, schema: Schema | null): string {
  if (schema?.type === 'FLOAT32') return javaFloat(value);
  if (schema?.type === 'FLOAT64' || !Number.isInteger(value)) return javaDouble(value);
  if (Number.isSafeInteger(value)) return value === 0 ? '0' : String(value);
  return schema?.type === 'INT64' ? BigInt(value).toString() : javaDouble(value);
}

function object(value: object & ConnectValue, schema: Schema | null, embedded: boolean): string {
  if (isList(value)) return `[${value.map((item) => text(item, schema?.valueSchema ?? null, true)).join(',')}]`;
  if (value instanceof Uint8Array) {
    const base64 = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
    return embedded ? `"${base64}"` : base64;
  }
  if (value instanceof Date) return dateText(value);
  if (value instanceof Decimal) return value.toString();
  if (value instanceof Float64) return schema?.type === 'FLOAT32' ? javaFloat(value.value) : javaDouble(value.value);
  return `{${members(value, schema).join(',')}}`;
}

function members(value: object & ConnectValue, schema: Schema | null): string[] {
  const entry = (key: ConnectValue, member: ConnectValue, keys: Schema | null, values: Schema | null) =>
    `${text(key, keys, true)}:${text(member, values, true)}`;
  if (value instanceof StructBase) {
    return value.schema.fields.map(({ name, index, schema: field }) =>
      entry(name, value.at(index) ?? field.defaultValue, null, field),
    );
  }
  const [keys, values] = [schema?.keySchema ?? null, schema?.valueSchema ?? null];
  if (value instanceof Map) return [...value].map(([key, member]) => entry(key, member, keys, values));
  const plain = value as { readonly [key: string]: ConnectValue };
  return keysInOrder(plain).map((key) => entry(key, plain[key], null, values));
}

function dateText(date: Date): string {
  const iso = date.toISOString().replace(/^\+0?/, '');
  const [day = '', time = ''] = iso.split('T');
  if (date.getTime() < DAY_MS) return time;
  return date.getTime() % DAY_MS === 0 ? day : iso;
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

function isList(value: object): value is readonly ConnectValue[] {
  return Array.isArray(value);
}
