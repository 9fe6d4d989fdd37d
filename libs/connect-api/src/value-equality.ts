import { Decimal } from './decimal.js';
import { Float64, type ConnectValue } from './schema.js';
import { StructBase } from './struct-base.js';

/** Whether two values are the same all the way down. Decimals of different scale differ; NaN equals itself. */
export function valuesEqual(a: ConnectValue, b: ConnectValue): boolean {
  if (Object.is(a, b)) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return sameNumber(a, b);
  if (a instanceof Uint8Array) return b instanceof Uint8Array && Buffer.compare(a, b) === 0;
  if (a instanceof Date) return b instanceof Date && a.getTime() === b.getTime();
  if (a instanceof Decimal) return b instanceof Decimal && a.equals(b);
  if (a instanceof Float64) return b instanceof Float64 && Object.is(a.value, b.value);
  if (a instanceof StructBase) return b instanceof StructBase && a.equals(b);
  if (a instanceof Map) return b instanceof Map && mapsEqual(a, b);
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, index) => valuesEqual(item, b[index]));
  return isPlain(b) && mapsEqual(new Map(Object.entries(a)), new Map(Object.entries(b)));
}

function sameNumber(a: ConnectValue, b: ConnectValue): boolean {
  return (typeof a === 'bigint' && typeof b === 'number') || (typeof a === 'number' && typeof b === 'bigint')
    ? BigInt(a) === BigInt(b)
    : (a ?? null) === (b ?? null);
}

function mapsEqual(a: Map<ConnectValue, ConnectValue>, b: Map<ConnectValue, ConnectValue>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    const other = b.has(key) ? ([key, b.get(key)] as const) : [...b].find(([candidate]) => valuesEqual(candidate, key));
    if (other === undefined || !valuesEqual(value, other[1])) return false;
  }
  return true;
}

function isList(value: object): value is readonly ConnectValue[] {
  return Array.isArray(value);
}

function isPlain(value: object): value is { readonly [key: string]: ConnectValue } {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
