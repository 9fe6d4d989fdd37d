import { JsonConverter } from '@tributary/converters';
import {
  headersOf,
  javaToString,
  type Bytes,
  type ConnectValue,
  type Schema,
  type SourceRecord,
} from '@tributary/connect-api';
import type { OutgoingRecord } from '@tributary/kafka-client';

const enveloped = jsonConverter(true);
const plain = jsonConverter(false);

/**
 * A source record that failed, as it can be kept whatever its converters are: key, value and each header are JSON in the
 * envelope `{"schema":...,"payload":...}`. What does not fit its schema stands in an envelope without one, what is no
 * data at all as text. A null without schema stays null.
 */
export function sourceContent(record: SourceRecord): Pick<OutgoingRecord, 'key' | 'value' | 'headers' | 'timestamp'> {
  const { timestamp } = record;
  return {
    key: kept(record.keySchema, record.key),
    value: kept(record.valueSchema, record.value),
    headers: headersOf(record).map(({ key, schema, value }) => ({ key, value: kept(schema, value) })),
    // Plugins in plain JavaScript leave it out.
    timestamp: (timestamp ?? -1) < 0 ? null : timestamp,
  };
}

/** A value without schema as JSON, in the way of the offsets topic. */
export function plainJson(value: ConnectValue): Bytes {
  return plain.fromConnectData('', null, value);
}

function kept(schema: Schema | null, value: ConnectValue): Bytes {
  const ways = [() => enveloped.fromConnectData('', schema ?? null, value), () => withoutSchema(value)];
  for (const way of ways) {
    try {
      return way();
    } catch {
      // It is why the record is here: the next way is for what this one cannot write.
    }
  }
  return withoutSchema(textOf(value, schema));
}

function withoutSchema(value: ConnectValue): Bytes {
  return enveloped.fromConnectData('', null, value);
}

function textOf(value: ConnectValue, schema: Schema | null): string {
  try {
    return javaToString(value, schema);
  } catch (error) {
    return `[unreadable: ${String(error)}]`;
  }
}

function jsonConverter(schemas: boolean): JsonConverter {
  const converter = new JsonConverter();
  converter.configure({ configs: { 'schemas.enable': String(schemas) }, isKey: false });
  return converter;
}
