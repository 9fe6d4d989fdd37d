import { setMember } from './plain-object.js';
import type { ConnectValue } from './schema.js';

type Members<M> = Readonly<Record<string, M>> | readonly M[];
type Made = Record<string, ConnectValue>;
/** What a member becomes; `depth` is what was given to {@link ObjectMaker.make}. */
type MemberReader<M> = (member: M, depth: number) => ConnectValue;
type Make<M> = (source: Members<M>, read: MemberReader<M> | undefined, depth: number) => Made;

/** So many objects are made before it pays to compile a function for them. */
const OFTEN = 100;
/** The most members that such a function is made for. */
const MAX_COMPILED = 200;

/**
 * Makes objects with the members `names`, in this order, from objects that have them under the names `from`, or lists that
 * have them at those places; a member is null where that is null. Where many are made, by a function compiled for these
 * names: setting members one by one takes five times as long, and is what converters and transformations of maps without
 * schema spend most of their time with.
 */
export class ObjectMaker<M = ConnectValue> {
  #made = 0;
  #compiled: Make<M> | undefined;

  /** `read`: what members become; left out, they stay what they are */
  constructor(
    readonly names: readonly string[],
    private readonly from: readonly (string | number | null)[],
    private readonly read?: MemberReader<M>,
  ) {}

  make(source: Members<M>, depth = 0): Made {
    if (this.#compiled !== undefined) return this.#compiled(source, this.read, depth);
    if (++this.#made === OFTEN && this.names.length <= MAX_COMPILED) this.#compiled = this.#compile();
    return this.#oneByOne(source as Readonly<Record<string | number, unknown>>, depth);
  }

  #oneByOne(source: Readonly<Record<string | number, unknown>>, depth: number): Made {
    const { names, from, read } = this;
    const target: Made = {};
    for (let index = 0; index < names.length; index++) {
      const name = from[index] ?? null;
      const member = name === null ? null : source[name];
      const value = read === undefined ? (member as ConnectValue) : read(member as M, depth);
      setMember(target, names[index] ?? '', value);
    }
    return target;
  }

  /** The names are in the function as JSON strings, and nothing else of the data. Undefined where Node may not compile texts. */
  #compile(): Make<M> | undefined {
    const members = this.names.map((name, index) => {
      const from = this.from[index] ?? null;
      const member = from === null ? 'null' : `source[${JSON.stringify(from)}]`;
      // Only in brackets is `__proto__` a name like any other.
      const key = name === '__proto__' ? '["__proto__"]' : JSON.stringify(name);
      return `${key}: ${this.read === undefined ? member : `read(${member}, depth)`}`;
    });
    try {
      return new Function('source', 'read', 'depth', `return {${members.join()}}`) as Make<M>;
    } catch {
      return undefined;
    }
  }
}
