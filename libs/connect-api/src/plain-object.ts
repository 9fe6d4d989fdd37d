import { hashMapKeyOrder } from './java-hash.js';
import type { ConnectValue } from './schema.js';

/** A schemaless map with string keys. */
export type PlainObject = { readonly [key: string]: ConnectValue };

const orders = new WeakMap<object, readonly string[]>();

/** Whether a JavaScript object would move this key to the front: `0`, `17`, but not `007` or `-1`. */
export function isIndexKey(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 48 && first <= 57 && String(Number(key) >>> 0) === key && key !== '4294967295';
}

/**
 * The keys of a schemaless map in the order in which they are to be written. That is the object's own order, except with
 * keys like `17`, which JavaScript moves to the front: then the order that {@link rememberKeyOrder} was told, else the
 * order of a Java HashMap, which is where such a map would have come from in the reference.
 */
export function keysInOrder(object: PlainObject): readonly string[] {
  const keys = Object.keys(object);
  if (keys.length < 2 || !isIndexKey(keys[0] ?? '')) return keys;
  const remembered = rememberedKeyOrder(object);
  const stillTrue = remembered?.length === keys.length && remembered.every((key) => Object.hasOwn(object, key));
  return stillTrue ? remembered : hashMapKeyOrder(keys);
}

/** Keeps the order of keys that the object itself cannot keep. */
export function rememberKeyOrder(object: object, keys: readonly string[]): void {
  orders.set(object, keys);
}

/** What {@link rememberKeyOrder} was told of this object. */
export function rememberedKeyOrder(object: object): readonly string[] | undefined {
  return orders.get(object);
}

/** Sets a member, also one called `__proto__`. */
export function setMember(object: Record<string, ConnectValue>, key: string, value: ConnectValue): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[key] = value;
  }
}
