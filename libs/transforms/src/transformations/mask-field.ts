import {
  ConfigDef,
  Struct,
  nonEmptyString,
  validateValue,
  validList,
  type ConnectRecord,
  type ConnectValue,
  type Props,
  type Schema,
} from '@tributary/connect-api';
import { ownMember } from '../fields/field-path.js';
import { BuiltInTransformation, PACKAGE } from '../record/built-in.js';
import { copiedValue, fieldValue } from '../record/field-value.js';
import { KEY, VALUE, type Part } from '../record/part.js';
import { REPLACE_NULL, replaceNullKey } from '../record/replace-null.js';
import { requireMap, requireStruct } from '../record/requirements.js';
import { copyCapacity, grownOrder, hashSetOrder } from '../schemaless/java-hash-map.js';
import { MapLayout, plainObject } from '../schemaless/map-layout.js';
import { emptyLike, replacedBy } from '../values/mask.js';

const PURPOSE = 'mask fields';

const CONFIG = ConfigDef.define({
  fields: {
    type: 'LIST',
    importance: 'HIGH',
    documentation: 'Names of the fields to mask.',
    validator: validList(),
  },
  replacement: {
    type: 'STRING',
    default: null,
    importance: 'LOW',
    documentation:
      'What takes the place of their values, which must be texts or numbers then; not set: an empty value of the same type.',
    validator: nonEmptyString,
  },
  ...replaceNullKey,
});

/** Makes the values of fields unreadable. */
abstract class MaskField extends BuiltInTransformation {
  protected abstract readonly part: Part;
  #names: readonly string[] = [];
  #masked: ReadonlySet<string> = new Set();
  #replacement: string | undefined;
  #replaceNull = true;
  readonly #layout = new MapLayout((keys) => ({
    order: grownOrder([...new Set([...keys, ...this.#names])], copyCapacity(keys.length)),
  }));

  override config(): ConfigDef {
    return CONFIG;
  }

  override configure(configs: Props): void {
    const config = CONFIG.parse(configs);
    this.#names = hashSetOrder(config.list('fields'));
    this.#masked = new Set(this.#names);
    this.#replacement = config.optionalString('replacement');
    this.#replaceNull = config.boolean(REPLACE_NULL);
  }

  override apply<R extends ConnectRecord>(record: R): R {
    const schema = this.part.schema(record);
    const value = this.part.value(record);
    return schema === null ? this.#inMap(record, value) : this.#inStruct(record, schema, value);
  }

  #inMap<R extends ConnectRecord>(record: R, value: ConnectValue): R {
    const source = plainObject(requireMap(value, PURPOSE));
    const target = this.#layout.copy(source);
    for (const name of this.#names) target[name] = this.#mask(ownMember(source, name), null);
    return this.part.replaced(record, null, target);
  }

  #inStruct<R extends ConnectRecord>(record: R, schema: Schema, value: ConnectValue): R {
    const struct = requireStruct(value, schema, PURPOSE);
    const values = struct.schema.fields.map((field) => {
      if (!this.#masked.has(field.name)) return copiedValue(struct, field, this.#replaceNull);
      const masked = this.#mask(fieldValue(struct, field, this.#replaceNull), field.schema);
      validateValue(field.schema, masked, field.name);
      return masked;
    });
    return this.part.replaced(record, schema, Struct.ofTrusted(struct.schema, values));
  }

  #mask(value: ConnectValue, schema: Schema | null): ConnectValue {
    if (value === null) return null;
    return this.#replacement === undefined ? emptyLike(value, schema) : replacedBy(this.#replacement, value, schema);
  }
}

export class MaskFieldKey extends MaskField {
  static readonly className = `${PACKAGE}.MaskField$Key`;
  protected override readonly part = KEY;
}

export class MaskFieldValue extends MaskField {
  static readonly className = `${PACKAGE}.MaskField$Value`;
  protected override readonly part = VALUE;
}
