import {
  ConfigDef,
  ConfigError,
  SchemaBuilder,
  Struct,
  headersOf,
  invalidValue,
  lambda,
  oneOf,
  type ConnectRecord,
  type ConnectValue,
  type Field,
  type Header,
  type Props,
  type Schema,
} from '@tributary/connect-api';
import { ownMember } from '../fields/field-path.js';
import { BuiltInTransformation, PACKAGE } from '../record/built-in.js';
import { copiedValue, fieldValue } from '../record/field-value.js';
import { NullPointerError } from '../record/java-errors.js';
import { KEY, VALUE, type Part } from '../record/part.js';
import { REPLACE_NULL, replaceNullKey } from '../record/replace-null.js';
import { requireMap, requireStruct } from '../record/requirements.js';
import { SchemaCache } from '../record/schema-cache.js';
import { described } from '../record/schema-parts.js';
import { copyCapacity, grownOrder } from '../schemaless/java-hash-map.js';
import { MapLayout, plainObject } from '../schemaless/map-layout.js';

const nonEmptyList = lambda((name, value) => {
  if (value === null || (Array.isArray(value) && value.length === 0)) throw invalidValue(name, value, 'Empty list');
}, 'non-empty list');

const CONFIG = ConfigDef.define({
  fields: {
    type: 'LIST',
    importance: 'HIGH',
    documentation: 'Names of the fields that become headers.',
    validator: nonEmptyList,
  },
  headers: {
    type: 'LIST',
    importance: 'HIGH',
    documentation: 'Names of these headers, in the order of `fields`.',
    validator: nonEmptyList,
  },
  operation: {
    type: 'STRING',
    importance: 'HIGH',
    documentation: '`move` takes the fields out of the key or value, `copy` leaves them there too.',
    validator: oneOf('move', 'copy'),
  },
  ...replaceNullKey,
});

/** Moves or copies fields into headers, which are added to those that the record has. */
abstract class HeaderFrom extends BuiltInTransformation {
  protected abstract readonly part: Part;
  #names: readonly string[] = [];
  #headers: readonly string[] = [];
  #move = false;
  #replaceNull = true;
  readonly #schemas = new SchemaCache((schema) => this.#withoutFields(schema));
  readonly #layout = new MapLayout((keys) => {
    const copy = grownOrder(keys, copyCapacity(keys.length));
    return { order: this.#move ? copy.filter((key) => !this.#names.includes(key)) : copy };
  });

  override config(): ConfigDef {
    return CONFIG;
  }

  override configure(configs: Props): void {
    const config = CONFIG.parse(configs);
    this.#names = config.list('fields');
    this.#headers = config.list('headers');
    if (this.#names.length !== this.#headers.length) {
      throw new ConfigError("'fields' config must have the same number of elements as 'headers' config.");
    }
    this.#move = config.string('operation') === 'move';
    this.#replaceNull = config.boolean(REPLACE_NULL);
  }

  override apply<R extends ConnectRecord>(record: R): R {
    const schema = this.part.schema(record);
    const value = this.part.value(record);
    return schema === null ? this.#ofMap(record, value) : this.#ofStruct(record, schema, value);
  }

  get #purpose(): string {
    return `header ${this.#move ? 'move' : 'copy'}`;
  }

  #ofMap<R extends ConnectRecord>(record: R, value: ConnectValue): R {
    const source = plainObject(requireMap(value, this.#purpose));
    const added = this.#names.map((name, index): Header => ({
      key: this.#headers[index] ?? '',
      schema: null,
      value: ownMember(source, name),
    }));
    const rest = this.#layout.copy(source);
    return { ...this.part.replaced(record, null, rest), headers: [...headersOf(record), ...added] };
  }

  #ofStruct<R extends ConnectRecord>(record: R, schema: Schema, value: ConnectValue): R {
    const struct = requireStruct(value, schema, this.#purpose);
    const added = this.#names.map((name, index): Header => {
      const field = struct.schema.field(name);
      if (field === undefined) throw new NullPointerError(`${this.#purpose}: the record has no field ${name}`);
      return {
        key: this.#headers[index] ?? '',
        schema: field.schema,
        value: fieldValue(struct, field, this.#replaceNull),
      };
    });
    const headers = [...headersOf(record), ...added];
    if (!this.#move) return { ...record, headers };
    const { schema: rest, fields } = this.#schemas.get(struct.schema);
    const values = fields.map((field) => copiedValue(struct, field, this.#replaceNull));
    return { ...this.part.replaced(record, rest, Struct.ofTrusted(rest, values)), headers };
  }

  #withoutFields(schema: Schema): { readonly schema: Schema; readonly fields: readonly Field[] } {
    const builder = described(SchemaBuilder.struct(), schema);
    const fields = schema.fields.filter(({ name }) => !this.#names.includes(name));
    for (const field of fields) builder.field(field.name, field.schema);
    return { schema: builder.build(), fields };
  }
}

export class HeaderFromKey extends HeaderFrom {
  static readonly className = `${PACKAGE}.HeaderFrom$Key`;
  protected override readonly part = KEY;
}

export class HeaderFromValue extends HeaderFrom {
  static readonly className = `${PACKAGE}.HeaderFrom$Value`;
  protected override readonly part = VALUE;
}
