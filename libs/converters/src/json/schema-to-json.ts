import type { Schema, SchemaType } from '@tributary/connect-api';
import type { JsonWriters } from './json-writer.js';
import { quote } from './quote.js';

/** Types as JSON calls them. */
export const TYPE_NAMES: Readonly<Record<SchemaType, string>> = {
  BOOLEAN: 'boolean',
  INT8: 'int8',
  INT16: 'int16',
  INT32: 'int32',
  INT64: 'int64',
  FLOAT32: 'float',
  FLOAT64: 'double',
  BYTES: 'bytes',
  STRING: 'string',
  ARRAY: 'array',
  MAP: 'map',
  STRUCT: 'struct',
};

/**
 * A schema as JSON. Members in this order, those that are not set left out:
 *
 *     {"type":"struct","fields":[{"type":"int32","optional":false,"field":"a"}],"optional":false,"name":"n","version":1,
 *      "doc":"d","parameters":{"k":"v"},"default":...}
 *
 * with `items` for an array, `keys` and `values` for a map in the place of `fields`.
 */
export function schemaJson(schema: Schema | null, writers: JsonWriters, fieldName?: string): string {
  if (schema === null) return 'null';
  let text = `{"type":"${TYPE_NAMES[schema.type]}"`;
  if (schema.type === 'ARRAY') text += `,"items":${schemaJson(schema.valueSchema, writers)}`;
  if (schema.type === 'MAP') {
    text += `,"keys":${schemaJson(schema.keySchema, writers)},"values":${schemaJson(schema.valueSchema, writers)}`;
  }
  if (schema.type === 'STRUCT') {
    text += `,"fields":[${schema.fields.map((field) => schemaJson(field.schema, writers, field.name)).join(',')}]`;
  }
  text += `,"optional":${schema.optional}`;
  if (schema.name !== null) text += `,"name":${quote(schema.name)}`;
  if (schema.version !== null) text += `,"version":${schema.version}`;
  if (schema.doc !== null) text += `,"doc":${quote(schema.doc)}`;
  if (schema.parameters !== null) {
    const members = [...schema.parameters].map(([key, value]) => `${quote(key)}:${quote(value)}`);
    text += `,"parameters":{${members.join(',')}}`;
  }
  const defaultValue = schema.defaultValue ?? null;
  if (defaultValue !== null) text += `,"default":${writers.for(schema)(defaultValue)}`;
  if (fieldName !== undefined) text += `,"field":${quote(fieldName)}`;
  return `${text}}`;
}
