import { javaClassOf, javaToString, referenceClassOf, type Bytes, type SchemaAndValue } from '@tributary/connect-api';
import { JsonWriters } from '../json/json-writer.js';
import { schemaJson } from '../json/schema-to-json.js';
import type { Outcome, ReadValue, WrittenBytes } from './vector.js';

const writers = new JsonWriters({ decimalFormat: 'BASE64', replaceNullWithDefault: true });

/** Runs something as the vectors describe it: what it gave, or the reference's name for the error. */
export function outcomeOf<T>(action: () => T): Outcome<T> {
  try {
    return action();
  } catch (error) {
    return { error: referenceClassOf(error), message: error instanceof Error ? error.message : String(error) };
  }
}

export function described({ schema, value }: SchemaAndValue): ReadValue {
  let text = javaToString(value, schema).replaceAll(/\[B@[0-9a-f]+/g, '[B@');
  if (value instanceof Uint8Array) text = `bytes:${Buffer.from(value).toString('base64')}`;
  if (value instanceof Date) text = `date:${value.getTime()}`;
  return { schema: schema === null ? null : schemaJson(schema, writers), class: javaClassOf(value), text };
}

export function written(bytes: Bytes): WrittenBytes {
  return { bytes: bytes === null ? null : Buffer.from(bytes).toString('base64') };
}
