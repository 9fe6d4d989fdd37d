import {
  Decimal,
  Float64,
  keysInOrder,
  rememberKeyOrder,
  setMember,
  sourceRecord,
  type ConnectRecord,
  type ConnectValue,
  type PlainObject,
  type SchemaAndValue,
  type SinkRecord,
} from '@tributary/connect-api';
import { JsonConverter } from '@tributary/converters';
import type { RecordVector } from './vector.js';

const withSchema = new JsonConverter();
withSchema.configure({ configs: { 'schemas.enable': 'true' }, isKey: false });
/** A payload that JSON has no number for. */
const SPECIAL_PAYLOAD = /"payload":\{"\$double":"(.*)"\}\}$/;
const schemaless = new JsonConverter();
schemaless.configure({ configs: { 'schemas.enable': 'false' }, isKey: false });

/** The record that a vector gives, read as the Java program reads it. */
export function givenRecord(vector: RecordVector): ConnectRecord {
  const [key, value] = [read(vector.key), read(vector.value)];
  const record = sourceRecord({
    sourcePartition: {},
    sourceOffset: {},
    topic: vector.topic,
    kafkaPartition: vector.partition ?? null,
    keySchema: key.schema,
    key: key.value,
    valueSchema: value.schema,
    value: value.value,
    timestamp: vector.timestamp ?? null,
    headers: vector.headers?.map((header) => ({ key: header.key, ...read(header.value) })),
  });
  if (vector.offset === undefined) return record;
  const { sourcePartition: _partition, sourceOffset: _offset, ...common } = record;
  const sink: SinkRecord = {
    ...common,
    kafkaPartition: vector.partition ?? 0,
    kafkaOffset: vector.offset,
    timestampType: 'CreateTime',
    originalTopic: vector.topic,
    originalKafkaPartition: vector.partition ?? 0,
    originalKafkaOffset: vector.offset,
  };
  return sink;
}

/** An envelope with a schema, or JSON in which objects like `{"$date":0}` stand for what JSON has not. */
function read(text: string): SchemaAndValue {
  const [envelope, double] = SPECIAL_PAYLOAD.exec(text) ?? [];
  if (envelope !== undefined) {
    const start = text.slice(0, -envelope.length);
    const { schema } = withSchema.toConnectData('t', Buffer.from(`${start}"payload":0}`));
    return { schema, value: schema?.type === 'FLOAT32' ? Math.fround(Number(double)) : Number(double) };
  }
  if (text.startsWith('{"schema":')) return withSchema.toConnectData('t', Buffer.from(text));
  return { schema: null, value: completed(schemaless.toConnectData('t', Buffer.from(text)).value) };
}

function completed(value: ConnectValue): ConnectValue {
  if (isList(value)) return value.map(completed);
  if (!isObject(value)) return value;
  const [first = '', ...more] = keysInOrder(value);
  if (first.startsWith('$') && more.length === 0) return special(first, String(value[first]));
  const order = keysInOrder(value);
  const target: Record<string, ConnectValue> = {};
  for (const key of order) setMember(target, key, completed(value[key]));
  rememberKeyOrder(target, order);
  return target;
}

function special(kind: string, text: string): ConnectValue {
  switch (kind) {
    case '$date':
      return new Date(Number(text));
    case '$bytes':
      return Buffer.from(text, 'base64');
    case '$decimal':
      return Decimal.fromString(text);
    case '$double':
      return double(Number(text));
    case '$long':
      return BigInt(text);
    default:
      throw new Error(`${kind} stands for nothing`);
  }
}

function double(value: number): ConnectValue {
  return Number.isInteger(value) ? new Float64(value) : value;
}

function isObject(value: ConnectValue): value is PlainObject {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function isList(value: ConnectValue): value is readonly ConnectValue[] {
  return Array.isArray(value);
}
