import type { IncomingRecord } from '@tributary/kafka-client';

/** The same record in memory of its own: what was read lies in a buffer that is used again. */
export function copied(record: IncomingRecord): IncomingRecord {
  return {
    ...record,
    key: copyOf(record.key),
    value: copyOf(record.value),
    headers: record.headers?.map(({ key, value }) => ({ key, value: copyOf(value) })),
  };
}

/** Key, value and headers together, in bytes. */
export function sizeOf({ key, value, headers = [] }: IncomingRecord): number {
  const ofHeaders = headers.reduce((sum, header) => sum + header.key.length + (header.value?.length ?? 0), 0);
  return (key?.length ?? 0) + (value?.length ?? 0) + ofHeaders;
}

function copyOf(bytes: Buffer | null): Buffer | null {
  return bytes && Buffer.from(bytes);
}
