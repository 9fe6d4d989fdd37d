import { Decimal } from './decimal.js';
import { javaDate } from './java-date.js';
import { javaStringHash } from './java-hash.js';
import { integerText, javaDouble, javaFloat } from './java-number.js';
import { isIndexKey, keysInOrder, type PlainObject } from './plain-object.js';
import { Float64, type ConnectValue, type Schema } from './schema.js';
import { StructBase } from './struct-base.js';

/**
 * A value as Java's `toString` prints it, which is what string converters and file sinks write: `1.0E21`,
 * `{a=1, b=x}`, `[1, 2]`, `Struct{a=1,b=x}`. The schema tells a float from a double from an integer; without one an
 * integral number is an integer.
 */
export function javaToString(value: ConnectValue, schema: Schema | null = null): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return numberText(value, schema);
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      return value === null || value === undefined ? 'null' : objectText(value, schema);
  }
}

function numberText(value: number, schema: Schema | null): string {
  if (schema?.type === 'FLOAT32') return javaFloat(value);
  if (schema?.type === 'FLOAT64') return javaDouble(value);
  if (Number.isSafeInteger(value)) return integerText(value);
  return schema?.type === 'INT64' && Number.isInteger(value) ? BigInt(value).toString() : javaDouble(value);
}

function objectText(
  value: Exclude<ConnectValue, null | undefined | string | number | boolean | bigint>,
  schema: Schema | null,
): string {
  if (isPlain(value)) return plainText(value, schema?.valueSchema);
  if (isList(value)) return listText(value, schema?.valueSchema);
  if (value instanceof StructBase) return structText(value);
  if (value instanceof Map) return mapText(value, schema);
  if (value instanceof Decimal) return value.toString();
  if (value instanceof Date) return javaDate(value);
  if (value instanceof Float64) return schema?.type === 'FLOAT32' ? javaFloat(value.value) : javaDouble(value.value);
  if (value instanceof Uint8Array) return `[B@${identity(value)}`;
  return plainText(value, schema?.valueSchema);
}

/** A loop over the object itself is the fastest there is, where the object has its keys in their order. */
function plainText(object: PlainObject, schema: Schema | null | undefined): string {
  let text = '';
  for (const key in object) {
    if (text === '' && isIndexKey(key)) return textInOrder(object, schema);
    text += `${text === '' ? '{' : ', '}${key}=${javaToString(object[key], schema)}`;
  }
  return text === '' ? '{}' : `${text}}`;
}

function textInOrder(object: PlainObject, schema: Schema | null | undefined): string {
  const members = keysInOrder(object).map((key) => `${key}=${javaToString(object[key], schema)}`);
  return `{${members.join(', ')}}`;
}

function mapText(map: Map<ConnectValue, ConnectValue>, schema: Schema | null): string {
  let text = '{';
  for (const [key, value] of map) {
    text += `${text === '{' ? '' : ', '}${javaToString(key, schema?.keySchema)}=${javaToString(value, schema?.valueSchema)}`;
  }
  return `${text}}`;
}

function listText(list: readonly ConnectValue[], schema: Schema | null | undefined): string {
  let text = '[';
  for (let index = 0; index < list.length; index++) {
    text += `${index === 0 ? '' : ', '}${javaToString(list[index], schema)}`;
  }
  return `${text}]`;
}

function structText(struct: StructBase): string {
  let text = 'Struct{';
  let first = true;
  for (const field of struct.schema.fields) {
    const value = struct.at(field.index);
    if (value === null) continue;
    text += `${first ? '' : ','}${field.name}=${javaToString(value, field.schema)}`;
    first = false;
  }
  return `${text}}`;
}

/** Java prints an array's address; ours is a hash of the content, so that it at least tells two of them apart. */
function identity(bytes: Uint8Array): string {
  return (javaStringHash(Buffer.from(bytes).toString('latin1')) >>> 0).toString(16);
}

/** Nearly all schemaless maps; others are found after everything else. */
function isPlain(value: object): value is PlainObject {
  return Object.getPrototypeOf(value) === Object.prototype;
}

function isList(value: object): value is readonly ConnectValue[] {
  return Array.isArray(value);
}
