import {
  ConfigDef,
  DataError,
  SchemaBuilder,
  Struct,
  validList,
  type ConnectRecord,
  type Field,
  type Props,
  type Schema,
} from '@tributary/connect-api';
import { BuiltInTransformation, PACKAGE } from '../record/built-in.js';
import { copiedValue } from '../record/field-value.js';
import { REPLACE_NULL, replaceNullKey } from '../record/replace-null.js';
import { requireMap, requireStruct } from '../record/requirements.js';
import { SchemaCache } from '../record/schema-cache.js';
import { grownOrder, sizedCapacity } from '../schemaless/java-hash-map.js';
import { MapLayout, plainObject } from '../schemaless/map-layout.js';

const PURPOSE = 'copying fields from value to key';

const CONFIG = ConfigDef.define({
  fields: {
    type: 'LIST',
    importance: 'HIGH',
    documentation: 'Names of the fields of the value that make up the new key.',
    validator: validList(),
  },
  ...replaceNullKey,
});

/** Makes the key of fields of the value. */
export class ValueToKey extends BuiltInTransformation {
  static readonly className = `${PACKAGE}.ValueToKey`;
  #names: readonly string[] = [];
  #replaceNull = true;
  readonly #keys = new SchemaCache((schema) => this.#keyOf(schema));
  readonly #layout = new MapLayout(() => ({
    order: grownOrder(this.#names, sizedCapacity(this.#names.length)),
  }));

  override config(): ConfigDef {
    return CONFIG;
  }

  override configure(configs: Props): void {
    const config = CONFIG.parse(configs);
    this.#names = config.list('fields');
    this.#replaceNull = config.boolean(REPLACE_NULL);
  }

  override apply<R extends ConnectRecord>(record: R): R {
    const { valueSchema, value } = record;
    if (valueSchema === null) {
      const source = plainObject(requireMap(value, PURPOSE));
      return { ...record, keySchema: null, key: this.#layout.build(source) };
    }
    const struct = requireStruct(value, valueSchema, PURPOSE);
    const { schema, fields } = this.#keys.get(struct.schema);
    const values = fields.map((field) => copiedValue(struct, field, this.#replaceNull));
    return { ...record, keySchema: schema, key: Struct.ofTrusted(schema, values) };
  }

  #keyOf(schema: Schema): { readonly schema: Schema; readonly fields: readonly Field[] } {
    const builder = SchemaBuilder.struct();
    const fields = this.#names.map((name) => {
      const field = schema.field(name);
      if (field === undefined) throw new DataError(`Field does not exist: ${name}`);
      builder.field(name, field.schema);
      return field;
    });
    return { schema: builder.build(), fields };
  }
}
