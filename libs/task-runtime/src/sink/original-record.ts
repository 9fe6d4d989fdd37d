import type { SinkRecord } from '@tributary/connect-api';
import type { IncomingRecord } from '@tributary/kafka-client';

/** Where a sink record has what Kafka had in its place; copies that are made of it have it too, as in the reference. */
export const ORIGINAL = Symbol('original');

type Derived = SinkRecord & { readonly [ORIGINAL]?: IncomingRecord | undefined };

/** undefined for a record that was made from nothing, and where nobody will ask. */
export function originalOf(record: SinkRecord): IncomingRecord | undefined {
  return (record as Derived)[ORIGINAL];
}

/** The record, or a copy of it, that has this original. */
export function withOriginal(record: SinkRecord, original: IncomingRecord): SinkRecord {
  if (originalOf(record) === original) return record;
  const derived: Derived = { ...record, [ORIGINAL]: original };
  return derived;
}
