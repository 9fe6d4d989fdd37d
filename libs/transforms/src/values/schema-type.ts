import { Struct, type ConnectValue, type SchemaType } from '@tributary/connect-api';
import { isMap } from '../record/requirements.js';
import { numberTypeOf } from './numbers.js';

/** The type that a value without schema has; undefined for null and for dates and decimals, which need a schema. */
export function schemaTypeOf(value: ConnectValue): SchemaType | undefined {
  if (typeof value === 'string') return 'STRING';
  if (typeof value === 'boolean') return 'BOOLEAN';
  const number = numberTypeOf(value, null);
  if (number !== undefined) return number;
  if (value instanceof Uint8Array) return 'BYTES';
  if (value instanceof Struct) return 'STRUCT';
  if (Array.isArray(value)) return 'ARRAY';
  return value !== null && isMap(value) ? 'MAP' : undefined;
}
