import {
  ConfigDef,
  ConfigError,
  SchemaBuilder,
  Struct,
  lambda,
  type ConnectRecord,
  type ConnectValue,
  type Field,
  type Props,
  type Schema,
} from '@tributary/connect-api';
import { castsIn, type Casts } from '../fields/casts.js';
import { ownMember } from '../fields/field-path.js';
import { BuiltInTransformation, PACKAGE } from '../record/built-in.js';
import { copiedValue, fieldValue } from '../record/field-value.js';
import { KEY, VALUE, type Part } from '../record/part.js';
import { REPLACE_NULL, replaceNullKey } from '../record/replace-null.js';
import { requireMap, requireStruct } from '../record/requirements.js';
import { SchemaCache } from '../record/schema-cache.js';
import { described, fieldsOf } from '../record/schema-parts.js';
import { checkedValue } from '../record/checked-value.js';
import { copyCapacity, grownOrder } from '../schemaless/java-hash-map.js';
import { MapLayout, plainObject } from '../schemaless/map-layout.js';
import { castValue, type CastType } from '../values/cast-value.js';

const PURPOSE = 'cast types';

const CONFIG = ConfigDef.define({
  spec: {
    type: 'LIST',
    importance: 'HIGH',
    documentation:
      'What to cast, as pairs `field:type`, or one type for the whole. Types: int8, int16, int32, int64, float32, float64, ' +
      'boolean, string. Bytes can become a string only.',
    validator: lambda((_name, value) => {
      if (!Array.isArray(value) || value.length === 0) {
        throw new ConfigError('Must specify at least one field to cast.');
      }
      castsIn(value);
    }, 'list of pairs field:type, or one type'),
  },
  ...replaceNullKey,
});

interface CastField extends Field {
  /** undefined: it is copied */
  readonly cast: CastType | undefined;
  /** in the new schema */
  readonly target: Schema;
}

/** Gives fields, or the whole, another type. */
abstract class Cast extends BuiltInTransformation {
  protected abstract readonly part: Part;
  #casts: Casts = { fields: new Map(), whole: undefined };
  #names: readonly string[] = [];
  #replaceNull = true;
  readonly #wholes = new SchemaCache((schema) => this.#castSchema(schema, this.#casts.whole ?? 'STRING', schema));
  readonly #structs = new SchemaCache((schema) => this.#castStruct(schema));
  readonly #layout = new MapLayout((keys) => ({
    order: grownOrder([...new Set([...keys, ...this.#names])], copyCapacity(keys.length)),
  }));

  override config(): ConfigDef {
    return CONFIG;
  }

  override configure(configs: Props): void {
    const config = CONFIG.parse(configs);
    this.#casts = castsIn(config.list('spec'));
    this.#names = grownOrder([...this.#casts.fields.keys()], copyCapacity(0));
    this.#replaceNull = config.boolean(REPLACE_NULL);
  }

  override apply<R extends ConnectRecord>(record: R): R {
    const value = this.part.value(record);
    if (value === null) return record;
    const schema = this.part.schema(record);
    return schema === null ? this.#schemaless(record, value) : this.#withSchema(record, schema, value);
  }

  #schemaless<R extends ConnectRecord>(record: R, value: ConnectValue): R {
    const { whole, fields } = this.#casts;
    if (whole !== undefined) return this.part.replaced(record, null, castValue(null, value, whole));
    const source = plainObject(requireMap(value, PURPOSE));
    const target = this.#layout.copy(source);
    for (const name of this.#names)
      target[name] = castValue(null, ownMember(source, name), fields.get(name) ?? 'STRING');
    return this.part.replaced(record, null, target);
  }

  #withSchema<R extends ConnectRecord>(record: R, schema: Schema, value: ConnectValue): R {
    const { whole } = this.#casts;
    if (whole !== undefined) {
      return this.part.replaced(record, this.#wholes.get(schema), castValue(schema, value, whole));
    }
    const { schema: updated, fields } = this.#structs.get(schema);
    const struct = requireStruct(value, schema, PURPOSE);
    const values: ConnectValue[] = [];
    for (const field of fields) {
      if (field.cast === undefined) {
        values.push(copiedValue(struct, field, this.#replaceNull));
      } else {
        const cast = castValue(field.schema, fieldValue(struct, field, this.#replaceNull), field.cast);
        values.push(checkedValue(field.target, cast, field.name));
      }
    }
    return this.part.replaced(record, updated, Struct.ofTrusted(updated, values));
  }

  #castStruct(schema: Schema): { readonly schema: Schema; readonly fields: readonly CastField[] } {
    const builder = described(SchemaBuilder.struct(), schema);
    const fields = fieldsOf(schema).map((field): CastField => {
      const cast = this.#casts.fields.get(field.name);
      const target = cast === undefined ? field.schema : this.#castSchema(field.schema, cast);
      builder.field(field.name, target);
      return { ...field, cast, target };
    });
    if (schema.optional) builder.optional();
    const defaultValue = schema.defaultValue ?? null;
    if (defaultValue !== null) castValue(schema, defaultValue, 'STRING');
    return { schema: builder.build(), fields };
  }

  /** @param like what gives the new schema its name and other properties; only the whole keeps them */
  #castSchema(schema: Schema, type: CastType, like?: Schema): Schema {
    const builder = SchemaBuilder.type(type);
    if (like !== undefined) described(builder, like);
    if (schema.optional) builder.optional();
    const defaultValue = schema.defaultValue ?? null;
    if (defaultValue !== null) builder.default(castValue(schema, defaultValue, type));
    return builder.build();
  }
}

export class CastKey extends Cast {
  static readonly className = `${PACKAGE}.Cast$Key`;
  protected override readonly part = KEY;
}

export class CastValue extends Cast {
  static readonly className = `${PACKAGE}.Cast$Value`;
  protected override readonly part = VALUE;
}
