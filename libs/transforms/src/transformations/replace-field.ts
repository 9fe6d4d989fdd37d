import {
  ConfigDef,
  DataError,
  SchemaBuilder,
  Struct,
  invalidValue,
  lambda,
  validateValue,
  validList,
  type ConnectRecord,
  type ConnectValue,
  type Field,
  type Props,
  type Schema,
} from '@tributary/connect-api';
import { BuiltInTransformation, PACKAGE } from '../record/built-in.js';
import { checkedValue } from '../record/checked-value.js';
import { fieldValue } from '../record/field-value.js';
import { KEY, VALUE, type Part } from '../record/part.js';
import { REPLACE_NULL, replaceNullKey } from '../record/replace-null.js';
import { requireMap, requireStruct } from '../record/requirements.js';
import { SchemaCache } from '../record/schema-cache.js';
import { described } from '../record/schema-parts.js';
import { pairsIn } from '../fields/pairs.js';
import { copyCapacity, grownOrder, sizedCapacity } from '../schemaless/java-hash-map.js';
import { MapLayout, plainObject } from '../schemaless/map-layout.js';

const PURPOSE = 'field replacement';

const CONFIG = ConfigDef.define({
  exclude: {
    type: 'LIST',
    default: [],
    importance: 'MEDIUM',
    documentation: 'Names of fields to leave out, even if `include` has them.',
    validator: validList({ empty: true }),
  },
  include: {
    type: 'LIST',
    default: [],
    importance: 'MEDIUM',
    documentation: 'Names of the only fields to keep; empty: all.',
    validator: validList({ empty: true }),
  },
  renames: {
    type: 'LIST',
    default: [],
    importance: 'MEDIUM',
    documentation: 'New names of fields, as pairs `old:new`.',
    validator: lambda((name, value) => {
      if (value === null) throw invalidValue(name, value, 'entry must be non null');
      if (Array.isArray(value)) pairsIn(value);
    }, 'list of pairs old:new'),
  },
  ...replaceNullKey,
});

interface FieldMove {
  readonly source: Field;
  readonly target: Field;
}

/** Leaves fields out and gives others new names. */
abstract class ReplaceField extends BuiltInTransformation {
  protected abstract readonly part: Part;
  #exclude: ReadonlySet<string> = new Set();
  #include: ReadonlySet<string> = new Set();
  #renames: ReadonlyMap<string, string> = new Map();
  /** the other way round */
  #oldNames: ReadonlyMap<string, string> = new Map();
  #replaceNull = true;
  readonly #schemas = new SchemaCache((schema) => this.#updated(schema));
  readonly #layout = new MapLayout((keys) => {
    const from = new Map<string, string>();
    for (const key of keys) if (this.#keeps(key)) from.set(this.#renamed(key), key);
    return { order: grownOrder([...from.keys()], sizedCapacity(keys.length)), from };
  });

  override config(): ConfigDef {
    return CONFIG;
  }

  override configure(configs: Props): void {
    const config = CONFIG.parse(configs);
    this.#exclude = new Set(config.list('exclude'));
    this.#include = new Set(config.list('include'));
    this.#renames = new Map(pairsIn(config.list('renames')));
    const olds = grownOrder([...this.#renames.keys()], copyCapacity(0));
    this.#oldNames = new Map(olds.map((old) => [this.#renamed(old), old]));
    this.#replaceNull = config.boolean(REPLACE_NULL);
  }

  override apply<R extends ConnectRecord>(record: R): R {
    const value = this.part.value(record);
    if (value === null) return record;
    const schema = this.part.schema(record);
    return schema === null ? this.#ofMap(record, value) : this.#ofStruct(record, schema, value);
  }

  #ofMap<R extends ConnectRecord>(record: R, value: ConnectValue): R {
    const source = plainObject(requireMap(value, PURPOSE));
    return this.part.replaced(record, null, this.#layout.build(source));
  }

  #ofStruct<R extends ConnectRecord>(record: R, schema: Schema, value: ConnectValue): R {
    const struct = requireStruct(value, schema, PURPOSE);
    const { schema: updated, fields } = this.#schemas.get(struct.schema);
    const values: ConnectValue[] = [];
    for (const { source, target } of fields) {
      const read = fieldValue(struct, source, this.#replaceNull);
      if (source.schema === target.schema) values.push(checkedValue(target.schema, read, target.name));
      else values.push(validated(target, read));
    }
    return this.part.replaced(record, updated, Struct.ofTrusted(updated, values));
  }

  /** Each new field takes the value of the one that is renamed to it, whether or not that is where the field is from. */
  #updated(schema: Schema): { readonly schema: Schema; readonly fields: readonly FieldMove[] } {
    const builder = described(SchemaBuilder.struct(), schema);
    for (const field of schema.fields) {
      if (this.#keeps(field.name)) builder.field(this.#renamed(field.name), field.schema);
    }
    const updated = builder.build();
    const fields = updated.fields.map((target): FieldMove => {
      const old = this.#oldNames.get(target.name) ?? target.name;
      const source = schema.field(old);
      if (source === undefined) throw new DataError(`${old} is not a valid field name`);
      return { source, target };
    });
    return { schema: updated, fields };
  }

  #keeps(name: string): boolean {
    return !this.#exclude.has(name) && (this.#include.size === 0 || this.#include.has(name));
  }

  #renamed(name: string): string {
    return this.#renames.get(name) ?? name;
  }
}

function validated(field: Field, value: ConnectValue): ConnectValue {
  validateValue(field.schema, value, field.name);
  return value;
}

export class ReplaceFieldKey extends ReplaceField {
  static readonly className = `${PACKAGE}.ReplaceField$Key`;
  protected override readonly part = KEY;
}

export class ReplaceFieldValue extends ReplaceField {
  static readonly className = `${PACKAGE}.ReplaceField$Value`;
  protected override readonly part = VALUE;
}
