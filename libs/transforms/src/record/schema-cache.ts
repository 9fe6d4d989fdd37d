import { schemaEquals, type Schema } from '@tributary/connect-api';

/** How many schemas are compared before an unknown one is taken for new. */
const RECENT = 16;

/**
 * What a transformation worked out for a schema, kept as long as the schema lives. Records that bring a new object for an
 * equal schema get what the first one got, so that whoever comes after finds the same schema too.
 */
export class SchemaCache<T> {
  readonly #known = new WeakMap<Schema, { readonly made: T }>();
  readonly #recent: { readonly schema: Schema; readonly made: T }[] = [];

  constructor(private readonly make: (schema: Schema) => T) {}

  get(schema: Schema): T {
    const known = this.#known.get(schema);
    if (known !== undefined) return known.made;
    const equal = this.#recent.find((each) => schemaEquals(each.schema, schema));
    const entry = equal ?? { schema, made: this.make(schema) };
    if (equal === undefined) {
      this.#recent.unshift(entry);
      if (this.#recent.length > RECENT) this.#recent.pop();
    }
    this.#known.set(schema, entry);
    return entry.made;
  }
}
