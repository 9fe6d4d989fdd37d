import {
  ConfigDef,
  DataError,
  Struct,
  javaClassOf,
  keysInOrder,
  rememberKeyOrder,
  setMember,
  type ConnectRecord,
  type ConnectValue,
  type Props,
  type Schema,
} from '@tributary/connect-api';
import { flatSchema, type FlatField } from '../fields/flat-schema.js';
import { BuiltInTransformation, PACKAGE } from '../record/built-in.js';
import { checkedValue } from '../record/checked-value.js';
import { KEY, VALUE, type Part } from '../record/part.js';
import { requireMap, requireStruct, type SchemalessMap } from '../record/requirements.js';
import { SchemaCache } from '../record/schema-cache.js';
import { plainObject } from '../schemaless/map-layout.js';
import { schemaTypeOf } from '../values/schema-type.js';

const PURPOSE = 'flattening';

const CONFIG = ConfigDef.define({
  delimiter: {
    type: 'STRING',
    default: '.',
    importance: 'MEDIUM',
    documentation: 'What stands between the names of nested fields in the names of the new ones.',
  },
});

/** Puts the fields of nested structs or maps beside each other. Lists stay as they are. */
abstract class Flatten extends BuiltInTransformation {
  protected abstract readonly part: Part;
  #delimiter = '.';
  readonly #schemas = new SchemaCache((schema) => flatSchema(schema, this.#delimiter));

  override config(): ConfigDef {
    return CONFIG;
  }

  override configure(configs: Props): void {
    this.#delimiter = CONFIG.parse(configs).string('delimiter');
  }

  override apply<R extends ConnectRecord>(record: R): R {
    const value = this.part.value(record);
    if (value === null) return record;
    const schema = this.part.schema(record);
    return schema === null ? this.#ofMap(record, value) : this.#ofStruct(record, schema, value);
  }

  #ofMap<R extends ConnectRecord>(record: R, value: ConnectValue): R {
    const target: Record<string, ConnectValue> = {};
    const order: string[] = [];
    this.#addMembers(requireMap(value, PURPOSE), '', target, order);
    rememberKeyOrder(target, order);
    return this.part.replaced(record, null, target);
  }

  #addMembers(map: SchemalessMap, prefix: string, target: Record<string, ConnectValue>, order: string[]): void {
    const source = plainObject(map);
    for (const key of keysInOrder(source)) {
      const name = prefix === '' ? key : prefix + this.#delimiter + key;
      const member = source[key] ?? null;
      if (isNestedMap(member, name)) {
        this.#addMembers(member, name, target, order);
      } else {
        if (!Object.hasOwn(target, name)) order.push(name);
        setMember(target, name, member);
      }
    }
  }

  #ofStruct<R extends ConnectRecord>(record: R, schema: Schema, value: ConnectValue): R {
    const struct = requireStruct(value, schema, PURPOSE);
    const { schema: flat, fields } = this.#schemas.get(schema);
    const values = fields.map((field) => flatValue(struct, field));
    return this.part.replaced(record, flat, Struct.ofTrusted(flat, values));
  }
}

/** The value at the end of the path; where a struct on the way is null, nothing was ever put. */
function flatValue(struct: Struct, { path, target, name }: FlatField): ConnectValue {
  let current: ConnectValue = struct;
  for (const field of path) {
    if (!(current instanceof Struct)) return null;
    current = current.get(field);
    if (field === path.at(-1)) return checkedValue(target, current, name);
  }
  return null;
}

function isNestedMap(value: ConnectValue, name: string): value is SchemalessMap {
  if (value === null) return false;
  const type = schemaTypeOf(value);
  if (type === undefined) {
    const found = javaClassOf(value);
    throw new DataError(
      `Flatten transformation was passed a value of type class ${found} which is not supported by Connect's data API`,
    );
  }
  if (type === 'STRUCT') {
    throw new DataError(
      `Flatten transformation does not support class ${javaClassOf(value)} for record without schemas (for field ${name}).`,
    );
  }
  return type === 'MAP';
}

export class FlattenKey extends Flatten {
  static readonly className = `${PACKAGE}.Flatten$Key`;
  protected override readonly part = KEY;
}

export class FlattenValue extends Flatten {
  static readonly className = `${PACKAGE}.Flatten$Value`;
  protected override readonly part = VALUE;
}
