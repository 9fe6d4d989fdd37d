import {
  ConfigDef,
  oneOfIgnoringCase,
  type ConnectRecord,
  type ConnectValue,
  type Props,
  type Schema,
} from '@tributary/connect-api';
import { FieldPath } from '../fields/field-path.js';
import { BuiltInTransformation, PACKAGE } from '../record/built-in.js';
import { IllegalArgumentError } from '../record/java-errors.js';
import { KEY, VALUE, type Part } from '../record/part.js';
import { REPLACE_NULL, replaceNullKey } from '../record/replace-null.js';
import { requireMap, requireStruct } from '../record/requirements.js';
import { plainObject } from '../schemaless/map-layout.js';

const PURPOSE = 'field extraction';

const CONFIG = ConfigDef.define({
  field: { type: 'STRING', importance: 'MEDIUM', documentation: 'The field that takes the place of the whole.' },
  ...replaceNullKey,
  'field.syntax.version': {
    type: 'STRING',
    default: 'V1',
    importance: 'HIGH',
    documentation:
      'How `field` is read: `V1`, as a name; `V2`, as a path with dots into nested fields, in which a name that has dots ' +
      'of its own stands in backticks.',
    validator: oneOfIgnoringCase('V1', 'V2'),
  },
});

/** Replaces a struct or map by one of its fields. */
abstract class ExtractField extends BuiltInTransformation {
  protected abstract readonly part: Part;
  #path = FieldPath.parse('', 'V1');
  #name = '';
  #replaceNull = true;

  override config(): ConfigDef {
    return CONFIG;
  }

  override configure(configs: Props): void {
    const config = CONFIG.parse(configs);
    this.#name = config.string('field');
    this.#path = FieldPath.parse(
      this.#name,
      config.string('field.syntax.version').toUpperCase() === 'V2' ? 'V2' : 'V1',
    );
    this.#replaceNull = config.boolean(REPLACE_NULL);
  }

  override apply<R extends ConnectRecord>(record: R): R {
    const schema = this.part.schema(record);
    const value = this.part.value(record);
    return schema === null ? this.#fromMap(record, value) : this.#fromStruct(record, schema, value);
  }

  #fromMap<R extends ConnectRecord>(record: R, value: ConnectValue): R {
    const extracted = value === null ? null : this.#path.inMap(plainObject(requireMap(value, PURPOSE)));
    return this.part.replaced(record, null, extracted);
  }

  #fromStruct<R extends ConnectRecord>(record: R, schema: Schema, value: ConnectValue): R {
    const struct = value === null ? null : requireStruct(value, schema, PURPOSE);
    const field = this.#path.fieldOf(schema);
    if (field === undefined) throw new IllegalArgumentError(`Unknown field: ${this.#name}`);
    const extracted = struct === null ? null : this.#path.inStruct(struct, this.#replaceNull);
    return this.part.replaced(record, field.schema, extracted);
  }
}

export class ExtractFieldKey extends ExtractField {
  static readonly className = `${PACKAGE}.ExtractField$Key`;
  protected override readonly part = KEY;
}

export class ExtractFieldValue extends ExtractField {
  static readonly className = `${PACKAGE}.ExtractField$Value`;
  protected override readonly part = VALUE;
}
