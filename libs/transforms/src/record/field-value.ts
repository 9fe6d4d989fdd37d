import type { ConnectValue, Field, Struct } from '@tributary/connect-api';
import { checkedValue } from './checked-value.js';

/** A field as a transformation reads it: with `replaceNull` a null becomes the field's default. */
export function fieldValue(struct: Struct, field: Field, replaceNull: boolean): ConnectValue {
  const value = struct.at(field.index);
  return value === null && replaceNull ? (field.schema.defaultValue ?? null) : value;
}

/**
 * The same for a value that goes into a field of the same schema, which holds it by nature: only a null may not. Throws a
 * `DataError` then.
 */
export function copiedValue(struct: Struct, field: Field, replaceNull: boolean): ConnectValue {
  return checkedValue(field.schema, fieldValue(struct, field, replaceNull), field.name);
}
