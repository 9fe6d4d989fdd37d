import type { ConnectRecord, ConnectValue, Schema } from '@tributary/connect-api';

/** The half of a record that a transformation works on: many come as `...$Key` and `...$Value`. */
export interface Part {
  schema(record: ConnectRecord): Schema | null;
  value(record: ConnectRecord): ConnectValue;
  /** a new record with another half, all else as it was */
  replaced<R extends ConnectRecord>(record: R, schema: Schema | null, value: ConnectValue): R;
}

export const KEY: Part = {
  schema: ({ keySchema }) => keySchema,
  value: ({ key }) => key ?? null,
  replaced: (record, keySchema, key) => ({ ...record, keySchema, key }),
};

export const VALUE: Part = {
  schema: ({ valueSchema }) => valueSchema,
  value: ({ value }) => value ?? null,
  replaced: (record, valueSchema, value) => ({ ...record, valueSchema, value }),
};
