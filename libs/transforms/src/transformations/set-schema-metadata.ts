import {
  ConfigDef,
  ConfigError,
  ConnectSchema,
  Struct,
  type ConnectRecord,
  type Props,
  type Schema,
} from '@tributary/connect-api';
import { BuiltInTransformation, PACKAGE } from '../record/built-in.js';
import { copiedValue } from '../record/field-value.js';
import { KEY, VALUE, type Part } from '../record/part.js';
import { REPLACE_NULL, replaceNullKey } from '../record/replace-null.js';
import { requireSchema } from '../record/requirements.js';
import { fieldsOf } from '../record/schema-parts.js';
import { SchemaCache } from '../record/schema-cache.js';

const PURPOSE = 'updating schema metadata';

const CONFIG = ConfigDef.define({
  'schema.name': { type: 'STRING', default: null, importance: 'HIGH', documentation: 'The new name of the schema.' },
  'schema.version': { type: 'INT', default: null, importance: 'HIGH', documentation: 'Its new version.' },
  ...replaceNullKey,
});

/** Gives the schema another name or version. */
abstract class SetSchemaMetadata extends BuiltInTransformation {
  protected abstract readonly part: Part;
  #name: string | undefined;
  #version: number | undefined;
  #replaceNull = true;
  readonly #schemas = new SchemaCache((schema) => this.#updated(schema));

  override config(): ConfigDef {
    return CONFIG;
  }

  override configure(configs: Props): void {
    const config = CONFIG.parse(configs);
    this.#name = config.optionalString('schema.name');
    this.#version = config.optionalInt('schema.version');
    this.#replaceNull = config.boolean(REPLACE_NULL);
    if (this.#name === undefined && this.#version === undefined) {
      throw new ConfigError('Neither schema name nor version configured');
    }
  }

  override apply<R extends ConnectRecord>(record: R): R {
    const value = this.part.value(record);
    const given = this.part.schema(record);
    if (value === null && given === null) return record;
    const updated = this.#schemas.get(requireSchema(given, PURPOSE));
    if (!(value instanceof Struct)) return this.part.replaced(record, updated, value);
    const values = value.schema.fields.map((field) => copiedValue(value, field, this.#replaceNull));
    return this.part.replaced(record, updated, Struct.ofTrusted(updated, values));
  }

  #updated(schema: Schema): Schema {
    return new ConnectSchema({
      type: schema.type,
      optional: schema.optional,
      defaultValue: schema.defaultValue,
      name: this.#name ?? schema.name,
      version: this.#version ?? schema.version,
      doc: schema.doc,
      parameters: schema.parameters,
      fields: fieldsOf(schema),
    });
  }
}

export class SetSchemaMetadataKey extends SetSchemaMetadata {
  static readonly className = `${PACKAGE}.SetSchemaMetadata$Key`;
  protected override readonly part = KEY;
}

export class SetSchemaMetadataValue extends SetSchemaMetadata {
  static readonly className = `${PACKAGE}.SetSchemaMetadata$Value`;
  protected override readonly part = VALUE;
}
