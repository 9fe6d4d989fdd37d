import type { ConnectValue, Schema } from './schema.js';

/** One header: keys may repeat, order is kept. */
export interface Header {
  readonly key: string;
  readonly schema: Schema | null;
  readonly value: ConnectValue;
}

/** The headers of a record: an ordered list in which a key may occur more than once. */
export type ConnectHeaders = readonly Header[];

const NONE: ConnectHeaders = Object.freeze([]);

/** The record's headers, empty where it has none. */
export function headersOf(record: { readonly headers: ConnectHeaders | undefined }): ConnectHeaders {
  return record.headers ?? NONE;
}
