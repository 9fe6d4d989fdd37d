import {
  ObjectMaker,
  isIndexKey,
  keysInOrder,
  rememberKeyOrder,
  setMember,
  type ConnectValue,
  type PlainObject,
} from '@tributary/connect-api';
import type { SchemalessMap } from '../record/requirements.js';

const MAX_SHAPES = 16;

/** What becomes of a sequence of keys. */
export interface Layout {
  /** the result's keys in their order */
  readonly order: readonly string[];
  /** for those that had another name in the input: that name */
  readonly from?: ReadonlyMap<string, string>;
}

interface Shape {
  readonly keys: readonly string[];
  readonly maker: ObjectMaker;
  /** the result has the keys of the input, in their order */
  readonly same: boolean;
}

/**
 * Makes the results of one transformation of maps without schema. Records look alike, so the order of the result's keys is
 * worked out once for each sequence of the input's keys.
 */
export class MapLayout {
  readonly #shapes: Shape[] = [];

  constructor(private readonly layoutOf: (keys: readonly string[]) => Layout) {}

  /** A new object with the result's keys and their values in the input; those that the input has not are null. */
  build(source: PlainObject): Record<string, ConnectValue> {
    const { maker } = this.#shape(keysInOrder(source));
    const target = maker.make(source);
    rememberOrder(target, maker.names);
    return target;
  }

  /** A copy of the input in the order of the result, for a result that has the same keys. */
  copy(source: PlainObject): Record<string, ConnectValue> {
    const { maker, same } = this.#shape(keysInOrder(source));
    if (!same) return this.build(source);
    const target = { ...source };
    rememberOrder(target, maker.names);
    return target;
  }

  #shape(keys: readonly string[]): Shape {
    const shapes = this.#shapes;
    for (let index = 0; index < shapes.length; index++) {
      const shape = shapes[index];
      if (shape === undefined || !sameKeys(shape.keys, keys)) continue;
      if (index > 0) shapes.unshift(...shapes.splice(index, 1));
      return shape;
    }
    const { order, from } = this.layoutOf(keys);
    const present = new Set(keys);
    const sources = order.map((key) => from?.get(key) ?? key).map((key) => (present.has(key) ? key : null));
    const maker = new ObjectMaker(order, sources);
    const shape = { keys, maker, same: from === undefined && sameKeys(keys, order) };
    shapes.unshift(shape);
    if (shapes.length > MAX_SHAPES) shapes.pop();
    return shape;
  }
}

/** A Map as an object; keys that are no texts become texts. */
export function plainObject(map: SchemalessMap): PlainObject {
  if (!(map instanceof Map)) return map;
  const target: Record<string, ConnectValue> = {};
  for (const [key, value] of map) setMember(target, String(key), value);
  rememberOrder(
    target,
    [...map.keys()].map((key) => String(key)),
  );
  return target;
}

function rememberOrder(target: PlainObject, order: readonly string[]): void {
  for (const key in target) {
    // Keys that JavaScript moves to the front: if there is any, it is the first.
    if (isIndexKey(key)) rememberKeyOrder(target, order);
    break;
  }
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
