import {
  ConfigDef,
  SchemaBuilder,
  Struct,
  type ConnectRecord,
  type ConnectValue,
  type Props,
} from '@tributary/connect-api';
import { BuiltInTransformation, PACKAGE } from '../record/built-in.js';
import { KEY, VALUE, type Part } from '../record/part.js';
import { SchemaCache } from '../record/schema-cache.js';

const CONFIG = ConfigDef.define({
  field: { type: 'STRING', importance: 'MEDIUM', documentation: 'The name of the one field of the new struct or map.' },
});

/** Wraps the whole in a struct, or in a map where there is no schema, as its only field. */
abstract class HoistField extends BuiltInTransformation {
  protected abstract readonly part: Part;
  #name = '';
  readonly #schemas = new SchemaCache((schema) => SchemaBuilder.struct().field(this.#name, schema).build());

  override config(): ConfigDef {
    return CONFIG;
  }

  override configure(configs: Props): void {
    this.#name = CONFIG.parse(configs).string('field');
  }

  override apply<R extends ConnectRecord>(record: R): R {
    const schema = this.part.schema(record);
    const value = this.part.value(record);
    if (schema === null) {
      return this.part.replaced(record, null, Object.fromEntries<ConnectValue>([[this.#name, value]]));
    }
    const hoisted = this.#schemas.get(schema);
    return this.part.replaced(record, hoisted, new Struct(hoisted).put(this.#name, value));
  }
}

export class HoistFieldKey extends HoistField {
  static readonly className = `${PACKAGE}.HoistField$Key`;
  protected override readonly part = KEY;
}

export class HoistFieldValue extends HoistField {
  static readonly className = `${PACKAGE}.HoistField$Value`;
  protected override readonly part = VALUE;
}
