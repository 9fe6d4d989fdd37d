import {
  DataError,
  Decimal,
  Float64,
  Struct,
  javaClassOf,
  javaDouble,
  keysInOrder,
  type ConnectValue,
  type PlainObject,
} from '@tributary/connect-api';
import { quote, quoteKey } from './quote.js';
import { SerializationError } from '../serialization-error.js';

/** The reference's generator goes no deeper. */
const MAX_LEVELS = 1000;
/** of the text that is being written; conversion is synchronous */
let levels = 0;

/** To be called before a text is written: `around` is how many levels there are around its value. */
export function beginText(around: number): void {
  levels = around;
}

/**
 * A value without schema as JSON: an integral number is an integer, {@link Float64} and all others are doubles in Java's
 * form; a map whose keys are not all text is an array of pairs.
 */
export function schemalessJson(value: ConnectValue): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      return Number.isSafeInteger(value) ? `${value}` : doubleJson(value);
    case 'boolean':
    case 'bigint':
      return `${value}`;
    default:
      return value === null || value === undefined ? 'null' : objectJson(value);
  }
}

function objectJson(value: object & ConnectValue): string {
  if (value instanceof Uint8Array) return base64Json(value);
  if (value instanceof Float64) return doubleJson(value.value);
  if (value instanceof Struct) throw new DataError('Mismatching schema.');
  if (value instanceof Date || value instanceof Decimal) {
    throw new DataError(`Java class class ${javaClassOf(value)} does not have corresponding schema type.`);
  }
  if (levels === MAX_LEVELS) throw tooDeep();
  levels++;
  const text = isList(value)
    ? arrayJson(value)
    : value instanceof Map
      ? mapJson(value, schemalessJson, schemalessJson)
      : plainJson(value);
  levels--;
  return text;
}

function tooDeep(): DataError {
  const cause = new SerializationError(`JSON text has more than ${MAX_LEVELS} levels of nesting`);
  return new DataError('Converting Kafka Connect data to byte[] failed due to serialization error: ', { cause });
}

function plainJson(object: PlainObject): string {
  let text = '{';
  for (const key of keysInOrder(object)) {
    text += `${text.length === 1 ? '' : ','}${quoteKey(key)}:${schemalessJson(object[key])}`;
  }
  return `${text}}`;
}

function arrayJson(items: readonly ConnectValue[]): string {
  let text = '[';
  for (let index = 0; index < items.length; index++) {
    text += (index === 0 ? '' : ',') + schemalessJson(items[index]);
  }
  return `${text}]`;
}

/** Text keys make an object; else it is an array of pairs. `objectMode` is decided by the keys where it is left out. */
export function mapJson(
  map: Map<ConnectValue, ConnectValue>,
  keyJson: (key: ConnectValue) => string,
  valueJson: (value: ConnectValue) => string,
  objectMode = [...map.keys()].every((key) => typeof key === 'string'),
): string {
  const members: string[] = [];
  for (const [key, value] of map) {
    members.push(
      objectMode ? `${quoteKey(textKey(key))}:${valueJson(value)}` : `[${keyJson(key)},${valueJson(value)}]`,
    );
  }
  return objectMode ? `{${members.join(',')}}` : `[${members.join(',')}]`;
}

function textKey(key: ConnectValue): string {
  if (typeof key === 'string') return key;
  throw new DataError(`Invalid type for STRING: class ${javaClassOf(key)}`);
}

/** JSON has no NaN and no infinity: they are strings. */
export function doubleJson(value: number): string {
  return Number.isFinite(value) ? javaDouble(value) : `"${value}"`;
}

export function base64Json(bytes: Uint8Array): string {
  return `"${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}"`;
}

function isList(value: object): value is readonly ConnectValue[] {
  return Array.isArray(value);
}
