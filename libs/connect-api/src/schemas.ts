import { ConnectSchema } from './connect-schema.js';
import type { Schema, SchemaType } from './schema.js';

function required(type: SchemaType): Schema {
  return new ConnectSchema({ type });
}

function optional(type: SchemaType): Schema {
  return new ConnectSchema({ type, optional: true });
}

/** Ready-made schemas of the primitive types. Everybody who uses these shares what was compiled for them. */
export const Schemas = Object.freeze({
  INT8: required('INT8'),
  INT16: required('INT16'),
  INT32: required('INT32'),
  INT64: required('INT64'),
  FLOAT32: required('FLOAT32'),
  FLOAT64: required('FLOAT64'),
  BOOLEAN: required('BOOLEAN'),
  STRING: required('STRING'),
  BYTES: required('BYTES'),
  OPTIONAL_INT8: optional('INT8'),
  OPTIONAL_INT16: optional('INT16'),
  OPTIONAL_INT32: optional('INT32'),
  OPTIONAL_INT64: optional('INT64'),
  OPTIONAL_FLOAT32: optional('FLOAT32'),
  OPTIONAL_FLOAT64: optional('FLOAT64'),
  OPTIONAL_BOOLEAN: optional('BOOLEAN'),
  OPTIONAL_STRING: optional('STRING'),
  OPTIONAL_BYTES: optional('BYTES'),
});
