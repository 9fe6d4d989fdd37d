import { isUtf8 } from 'node:buffer';
import {
  ConnectError,
  headersOf,
  type Bytes,
  type ConnectHeaders,
  type ConnectRecord,
  type ConnectValue,
  type Schema,
} from '@tributary/connect-api';
import { JsonConverter } from '@tributary/converters';
import { arrayText, objectText } from './json-text.js';

const json = new JsonConverter();
json.configure({
  configs: { 'schemas.enable': 'true', 'decimal.format': 'NUMERIC', 'replace.null.with.default': 'false' },
  isKey: false,
});

/** Connect's data and bytes for reading, as JSON. What is shown can be given to a preview in the same form. */

/** `{"schema":S,"payload":P}`; integers and decimals have all their digits, bytes are base64. */
export function shownData(schema: Schema | null, value: ConnectValue): string {
  try {
    const text = json.fromConnectData('', schema ?? null, value ?? null);
    return text === null ? '{"schema":null,"payload":null}' : String(text);
  } catch (error) {
    // What has no form in JSON may go on all the same: other converters can do more.
    const problem = error instanceof Error ? error.message : String(error);
    return objectText({ schema: 'null', payload: 'null', problem: JSON.stringify(`not shown: ${problem}`) });
  }
}

/** `{"text":T}`, or `{"base64":B}` where the bytes are no text; null is Kafka's null. */
export function shownBytes(bytes: Bytes): string {
  if (bytes === null) return 'null';
  if (typeof bytes === 'string') return objectText({ text: JSON.stringify(bytes) });
  if (!(bytes instanceof Uint8Array)) throw new ConnectError(`neither text nor bytes, but ${typeof bytes}`);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isUtf8(buffer)
    ? objectText({ text: JSON.stringify(buffer.toString('utf8')) })
    : objectText({ base64: JSON.stringify(buffer.toString('base64')) });
}

export function shownHeaders(headers: ConnectHeaders): string {
  return arrayText(
    headers.map(({ key, schema, value }) =>
      objectText({ key: JSON.stringify(String(key)), value: shownData(schema, value) }),
    ),
  );
}

/** Headers as they stand in Kafka. */
export function shownWireHeaders(headers: readonly { readonly key: string; readonly value: Bytes }[]): string {
  return arrayText(
    headers.map(({ key, value }) => objectText({ key: JSON.stringify(String(key)), value: shownBytes(value) })),
  );
}

/** A record between two steps. */
export function shownRecord(record: ConnectRecord): string {
  return objectText({
    topic: shownPlain(record.topic),
    partition: shownPlain(record.kafkaPartition),
    timestamp: shownPlain(record.timestamp),
    key: shownData(record.keySchema, record.key),
    value: shownData(record.valueSchema, record.value),
    headers: shownHeaders(headersOf(record)),
  });
}

/** What is a text, a number or null, unless a plugin made something else of it. */
export function shownPlain(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : JSON.stringify(String(value));
}
