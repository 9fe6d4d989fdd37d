import { ObjectMaker, hashMapKeyOrder, isIndexKey, rememberKeyOrder, type ConnectValue } from '@tributary/connect-api';

/**
 * The keys of an object so far, in the order in which they were written, and how they went on in objects before. Knows how
 * to make the object: with its members in the order of a Java HashMap.
 */
export class ObjectPath {
  /** how the last object went on: the text between a value and the next, and the path that it led to */
  last: { readonly text: string; readonly next: ObjectPath | undefined } = { text: '', next: undefined };
  readonly #following = new Map<string, ObjectPath>();
  #inside: ObjectPath | undefined;
  #maker: ObjectMaker | undefined;
  #indexKeys = false;

  private constructor(
    private readonly before: ObjectPath | undefined,
    private readonly key: string,
    /** all paths from one beginning count together */
    private readonly all: { count: number },
  ) {
    all.count++;
  }

  /** The place of the whole text. */
  static beginning(): ObjectPath {
    return new ObjectPath(undefined, '', { count: 0 });
  }

  /** of all paths from the same beginning, those inside of members included */
  get count(): number {
    return this.all.count;
  }

  /** Where the objects begin that are in the last member, or in a list there. */
  get inside(): ObjectPath {
    return (this.#inside ??= new ObjectPath(undefined, '', this.all));
  }

  /** With one key more; undefined where the object has it already. */
  to(key: string): ObjectPath | undefined {
    const found = this.#following.get(key);
    if (found !== undefined) return found;
    if (this.#keys().includes(key)) return undefined;
    const path = new ObjectPath(this, key, this.all);
    this.#following.set(key, path);
    return path;
  }

  /** `members`: in the order of the keys; there may be more */
  make(members: readonly ConnectValue[]): ConnectValue {
    this.#maker ??= this.#newMaker();
    const object = this.#maker.make(members);
    if (this.#indexKeys) rememberKeyOrder(object, this.#maker.names);
    return object;
  }

  #keys(): string[] {
    if (this.before === undefined) return [];
    const keys = this.before.#keys();
    keys.push(this.key);
    return keys;
  }

  #newMaker(): ObjectMaker {
    const keys = this.#keys();
    const order = hashMapKeyOrder(keys);
    this.#indexKeys = order.some(isIndexKey);
    const places = new Map(keys.map((key, index) => [key, index]));
    return new ObjectMaker(
      order,
      order.map((key) => places.get(key) ?? null),
    );
  }
}
