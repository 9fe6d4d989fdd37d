import { BadRequestError, DataError, hashMapKeyOrder } from '@tributary/connect-api';
import type { OffsetValue, SourceOffset, SourcePartition } from '@tributary/connect-api';
import type { RequestedMap, RequestedOffset } from './requested-offset.js';

/** The offset that a partition is to have; null: none. */
export type SourceOffsets = ReadonlyMap<SourcePartition, SourceOffset | null>;

/**
 * What a client wants of a source's offsets; of the same partition given twice the last counts. Offsets are found by the
 * order of the partition's members, which clients need not know: a partition that has an offset keeps the object (and so
 * the order) that it is `known` by, and a new one gets the order in which the reference would store it.
 *
 * A partition that is null is left in the map: it is the connector's to say that it needs one.
 */
export function sourceOffsetsFrom(
  requested: readonly RequestedOffset[],
  known: readonly SourcePartition[],
): Map<SourcePartition | null, SourceOffset | null> {
  const partitions = new Map(known.map((partition) => [identity(partition), partition]));
  const offsets = new Map<SourcePartition | null, SourceOffset | null>();
  for (const { partition, offset } of requested) {
    const wanted = offset === null ? null : inHashOrder(primitives(offset));
    if (partition === null) {
      offsets.set(null, wanted);
      continue;
    }
    const id = identity(primitives(partition));
    const stored = partitions.get(id) ?? inHashOrder(primitives(partition));
    partitions.set(id, stored);
    offsets.set(stored, wanted);
  }
  return offsets;
}

/** The offsets as they can be stored; for no partition there is nothing to forget. */
export function withPartitions(offsets: ReadonlyMap<SourcePartition | null, SourceOffset | null>): SourceOffsets {
  const entries = [...offsets].flatMap(([partition, offset]): [SourcePartition, SourceOffset | null][] => {
    if (partition !== null) return [[partition, offset]];
    if (offset === null) return [];
    throw new BadRequestError('The partition for a source connector offset cannot be null or missing');
  });
  return new Map(entries);
}

function primitives(map: RequestedMap): SourcePartition {
  return Object.fromEntries(Object.entries(map).map(([field, value]) => [field, primitive(field, value)]));
}

function primitive(field: string, value: unknown): OffsetValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  throw new DataError(
    `Offsets may only contain primitive types as values, but field ${field} contains ${Array.isArray(value) ? 'ARRAY' : 'MAP'}`,
  );
}

function inHashOrder(map: SourcePartition): SourcePartition {
  return Object.fromEntries(hashMapKeyOrder(Object.keys(map)).map((key) => [key, map[key] ?? null]));
}

/** Equal for partitions with the same members, whatever their order. */
function identity(map: SourcePartition): string {
  const members = Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(members.map(([key, value]) => [key, typeof value, String(value)]));
}
