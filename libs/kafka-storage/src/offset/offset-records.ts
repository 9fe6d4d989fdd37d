import { DataError, type OffsetValue, type SourceOffset, type SourcePartition } from '@tributary/connect-api';
import type { OutgoingRecord } from '@tributary/kafka-client';
import { isJsonObject, parseJsonText, toJsonText, type JsonObject } from '../json/json-text.js';
import type { KeyAndValue } from '../key-and-value.js';
import { malformed, type SkippedRecord } from '../skipped-record.js';

/**
 * A record of the offsets topic: key `["C",{"filename":"/a"}]`, value `{"position":42}` or null (forgotten). The key's text
 * identifies the partition: the members' order is the one in which the connector gave them, and it matters.
 */
export interface OffsetRecord {
  readonly kind: 'offset';
  readonly connector: string;
  readonly partition: SourcePartition;
  readonly offset: SourceOffset | null;
}

/** Throws a DataError where a value is not a primitive. */
export function offsetKey(connector: string, partition: SourcePartition): string {
  return toJsonText([connector, checked(partition)]);
}

export function encodeOffsetRecord(
  connector: string,
  partition: SourcePartition,
  offset: SourceOffset | null,
): KeyAndValue {
  return { key: offsetKey(connector, partition), value: offset && toJsonText(checked(offset)) };
}

/** The record as a producer takes it: for tasks that write offsets inside a transaction of their own. */
export function outgoingOffset(
  topic: string,
  connector: string,
  partition: SourcePartition,
  offset: SourceOffset | null,
): OutgoingRecord {
  const { key, value } = encodeOffsetRecord(connector, partition, offset);
  return { topic, partition: null, key, value, headers: undefined, timestamp: null };
}

/** Never throws. */
export function decodeOffsetRecord(key: string | null, value: string | null): OffsetRecord | SkippedRecord {
  if (key === null) return malformed('its key is null');
  try {
    const parts = parseJsonText(key);
    const [connector, partition] = Array.isArray(parts) && parts.length === 2 ? parts : [];
    if (typeof connector !== 'string' || !isJsonObject(partition))
      return malformed('its key is not an array of a connector name and a partition');
    const offset = value === null ? null : parseJsonText(value);
    if (offset !== null && !isJsonObject(offset)) return malformed('its value is not a JSON object');
    return { kind: 'offset', connector, partition: checked(partition), offset: offset && checked(offset) };
  } catch (error) {
    return malformed(error);
  }
}

type Primitives = { readonly [key: string]: OffsetValue };

function checked(map: Primitives | JsonObject): Primitives {
  for (const [field, value] of Object.entries(map)) {
    const type = typeName(value);
    if (type !== undefined)
      throw new DataError(`Offsets may only contain primitive types as values, but field ${field} contains ${type}`);
  }
  return map as Primitives;
}

/** The reference's name of a type that is no primitive; undefined for primitives. */
function typeName(value: unknown): string | undefined {
  if (value === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof value)) return undefined;
  return Array.isArray(value) ? 'ARRAY' : 'MAP';
}
