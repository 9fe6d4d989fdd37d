import {
  ObjectMaker,
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

type Convert = (member: JsonTree, depth: number) => ConnectValue;

interface Shape {
  readonly keys: readonly string[];
  /** of objects with the same keys as a HashMap gives them */
  readonly maker: ObjectMaker<JsonTree>;
  /** whether JavaScript would move some of the keys to the front */
  readonly indexKeys: boolean;
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
export function inHashOrder(tree: JsonObject, depth: number, convert: Convert): Record<string, ConnectValue> {
  const keys = writtenKeys(tree);
  if (keys.length < 2) return inPlace(tree, keys, depth, convert);
  const { maker, indexKeys } = shapeOf(keys, convert);
  const target = maker.make(tree, depth);
  if (indexKeys) rememberKeyOrder(target, maker.names);
  return target;
}

function inPlace(tree: JsonObject, keys: readonly string[], depth: number, convert: Convert) {
  refuseHalves(keys);
  const target = tree as Record<string, never>;
  for (const key of keys) setMember(target, key, convert(tree[key], depth));
  return target;
}

function shapeOf(keys: readonly string[], convert: Convert): Shape {
  const first = keys[0] ?? '';
  const candidates = shapes.get(first);
  if (candidates !== undefined) {
    for (const shape of candidates) if (sameKeys(shape.keys, keys)) return shape;
  }
  return added(first, keys, convert);
}

function added(first: string, keys: readonly string[], convert: Convert): Shape {
  refuseHalves(keys);
  const order = hashMapKeyOrder(keys);
  if (shapeCount++ >= MAX_SHAPES) {
    shapes.clear();
    shapeCount = 0;
  }
  const list = shapes.get(first);
  const shape = { keys, maker: new ObjectMaker(order, order, convert), indexKeys: order.some(isIndexKey) };
  if (list === undefined) shapes.set(first, [shape]);
  else list.push(shape);
  return shape;
}

/** The reference's parser takes halves of characters in texts, but not in names. */
function refuseHalves(keys: readonly string[]): void {
  if (!keys.every((key) => key.isWellFormed())) throw new SyntaxError('Invalid JSON: half a character in a name');
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
