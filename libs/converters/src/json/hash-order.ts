import {
  hashMapKeyOrder,
  isIndexKey,
  keysInOrder,
  rememberKeyOrder,
  rememberedKeyOrder,
  setMember,
  type ConnectValue,
} from '@tributary/connect-api';
import type { JsonObject, JsonTree } from './json-tree.js';
import { NEEDS_EXACT_TEXT } from './parse-json.js';

const MAX_SHAPES = 2000;

interface Shape {
  readonly keys: readonly string[];
  /** the same keys as a HashMap gives them; undefined where that is no change */
  readonly order: readonly string[] | undefined;
}

/**
 * Objects without schema, with their members in the order of a Java HashMap. Records look alike, so the order is worked
 * out once for each sequence of keys; found again by the first key and then by comparing.
 */
const shapes = new Map<string, Shape[]>();
let shapeCount = 0;

/** The object's keys in the order in which they were written; throws {@link NEEDS_EXACT_TEXT} where that is not known. */
export function writtenKeys(tree: JsonObject): readonly string[] {
  const keys = Object.keys(tree);
  if (keys.length < 2 || !isIndexKey(keys[0] ?? '')) return keys;
  if (rememberedKeyOrder(tree) === undefined) throw NEEDS_EXACT_TEXT;
  return keysInOrder(tree as Record<string, never>);
}

/** Builds the object's Connect form; `convert` is called once for each member. May change `tree` in place. */
export function inHashOrder(
  tree: JsonObject,
  depth: number,
  convert: (member: JsonTree, depth: number) => ConnectValue,
): Record<string, ConnectValue> {
  const keys = writtenKeys(tree);
  const order = keys.length < 2 ? undefined : orderOf(keys);
  const target: Record<string, ConnectValue> = order === undefined ? (tree as Record<string, never>) : {};
  for (const key of order ?? keys) {
    const value = convert(tree[key], depth);
    if (key === '__proto__') setMember(target, key, value);
    else target[key] = value;
  }
  if (order !== undefined && rememberedKeyOrder(tree) !== undefined) rememberKeyOrder(target, order);
  return target;
}

function orderOf(keys: readonly string[]): readonly string[] | undefined {
  const first = keys[0] ?? '';
  const candidates = shapes.get(first);
  if (candidates !== undefined) {
    for (const shape of candidates) if (sameKeys(shape.keys, keys)) return shape.order;
  }
  return added(first, keys);
}

function added(first: string, keys: readonly string[]): readonly string[] | undefined {
  const sorted = hashMapKeyOrder(keys);
  const order = sameKeys(sorted, keys) ? undefined : sorted;
  if (shapeCount++ >= MAX_SHAPES) {
    shapes.clear();
    shapeCount = 0;
  }
  const list = shapes.get(first);
  const shape = { keys, order };
  if (list === undefined) shapes.set(first, [shape]);
  else list.push(shape);
  return order;
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
