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
  /** JavaScript would move some of the result's keys to the front */
  readonly indexKeys: boolean;
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
    return made(this.#shape(source), source);
  }

  /** A copy of the input in the order of the result, for a result that has the same keys. */
  copy(source: PlainObject): Record<string, ConnectValue> {
    const shape = this.#shape(source);
    return shape.same ? { ...source } : made(shape, source);
  }

  #shape(source: PlainObject): Shape {
    const shapes = this.#shapes;
    for (let index = 0; index < shapes.length; index++) {
      const shape = shapes[index];
      if (shape === undefined || !hasKeys(source, shape.keys)) continue;
      if (index > 0) shapes.unshift(...shapes.splice(index, 1));
      return shape;
    }
    return this.#newShape(keysInOrder(source));
  }

  #newShape(keys: readonly string[]): Shape {
    const { order, from } = this.layoutOf(keys);
    const present = new Set(keys);
    const sources = order.map((key) => from?.get(key) ?? key).map((key) => (present.has(key) ? key : null));
    const indexKeys = order.some(isIndexKey);
    const same = !indexKeys && from === undefined && sameKeys(keys, order);
    const shape = { keys, maker: new ObjectMaker(order, sources), same, indexKeys };
    this.#shapes.unshift(shape);
    if (this.#shapes.length > MAX_SHAPES) this.#shapes.pop();
    return shape;
  }
}

function made({ maker, indexKeys }: Shape, source: PlainObject): Record<string, ConnectValue> {
  const target = maker.make(source);
  if (indexKeys) rememberKeyOrder(target, maker.names);
  return target;
}

/** A Map as an object; keys that are no texts become texts. */
export function plainObject(map: SchemalessMap): PlainObject {
  if (!(map instanceof Map)) return map;
  const target: Record<string, ConnectValue> = {};
  for (const [key, value] of map) setMember(target, String(key), value);
  const keys = [...map.keys()].map((key) => String(key));
  if (keys.some(isIndexKey)) rememberKeyOrder(target, keys);
  return target;
}

/** Whether the object has these keys in this order. */
function hasKeys(object: PlainObject, keys: readonly string[]): boolean {
  let index = 0;
  for (const key in object) {
    if (index === 0 && isIndexKey(key)) return sameKeys(keysInOrder(object), keys);
    if (key !== keys[index++]) return false;
  }
  return index === keys.length;
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
