import { BadRequestError, type SchemaAndValue } from '@tributary/connect-api';
import { JsonConverter } from '@tributary/converters';
import type { GivenData, GivenRecord } from './preview-request.js';

const envelope = jsonConverter('true');
const plain = jsonConverter('false');

/** The bytes that stand in Kafka, for the key, value or header of a record that a sink gets. */
export function givenBytes(data: GivenData): Buffer | null {
  return data === null ? null : Buffer.from(data.text, data.form === 'base64' ? 'base64' : 'utf8');
}

/** What a source task would give; without a schema unless it stands beside it. Throws a BadRequestError. */
export function givenValue(data: GivenData, where: string): SchemaAndValue {
  if (data === null) return { schema: null, value: null };
  if (data.form === 'text') return { schema: null, value: data.text };
  const bytes = Buffer.from(data.text, data.form === 'base64' ? 'base64' : 'utf8');
  if (data.form === 'base64') return { schema: null, value: bytes };
  try {
    return (data.form === 'envelope' ? envelope : plain).toConnectData('', bytes);
  } catch (cause) {
    throw new BadRequestError(`${where}: ${reasonOf(cause)}`, { cause });
  }
}

/** How much these records are, in bytes. */
export function sizeOf(records: readonly GivenRecord[]): number {
  const size = (data: GivenData): number => givenBytes(data)?.length ?? 0;
  return records.reduce(
    (sum, { key, value, headers }) =>
      sum +
      size(key) +
      size(value) +
      headers.reduce((all, header) => all + Buffer.byteLength(header.key) + size(header.value), 0),
    0,
  );
}

function jsonConverter(schemas: 'true' | 'false'): JsonConverter {
  const converter = new JsonConverter();
  converter.configure({ configs: { 'schemas.enable': schemas, 'replace.null.with.default': 'false' }, isKey: false });
  return converter;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message.trim()} ${error.cause.message}` : error.message;
}
