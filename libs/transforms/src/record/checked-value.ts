import { validateValue, type ConnectValue, type Schema } from '@tributary/connect-api';

/** The value, if the field may hold it; only a null is worth a check, for a value that was made for this schema. */
export function checkedValue(schema: Schema, value: ConnectValue, field: string): ConnectValue {
  if (value === null && !schema.optional) validateValue(schema, value, field);
  return value;
}
