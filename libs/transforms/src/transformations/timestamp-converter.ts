import {
  ConfigDef,
  ConfigError,
  SchemaBuilder,
  Struct,
  oneOf,
  type ConnectRecord,
  type ConnectValue,
  type Field,
  type Props,
  type Schema,
} from '@tributary/connect-api';
import { SimpleDateFormat } from '../dates/simple-date-format.js';
import { TimestampForms, inferredForm, schemaForm, targetSchema, TARGETS, UNITS } from '../dates/timestamp-forms.js';
import { ownMember } from '../fields/field-path.js';
import { BuiltInTransformation, PACKAGE } from '../record/built-in.js';
import { checkedValue } from '../record/checked-value.js';
import { copiedValue, fieldValue } from '../record/field-value.js';
import { IllegalArgumentError } from '../record/java-errors.js';
import { KEY, VALUE, type Part } from '../record/part.js';
import { REPLACE_NULL, replaceNullKey } from '../record/replace-null.js';
import { requireMap, requireStruct } from '../record/requirements.js';
import { SchemaCache } from '../record/schema-cache.js';
import { described, fieldsOf } from '../record/schema-parts.js';
import { copyCapacity, grownOrder } from '../schemaless/java-hash-map.js';
import { MapLayout, plainObject } from '../schemaless/map-layout.js';

const PURPOSE = 'converting timestamp formats';

const CONFIG = ConfigDef.define({
  field: {
    type: 'STRING',
    default: '',
    importance: 'HIGH',
    documentation: 'The field that holds the time; empty: the whole is one.',
  },
  'target.type': {
    type: 'STRING',
    importance: 'HIGH',
    documentation: 'What to make of it: `string`, `unix` (a number since 1970), `Date`, `Time` or `Timestamp`.',
    validator: oneOf(...TARGETS),
  },
  format: {
    type: 'STRING',
    default: '',
    importance: 'MEDIUM',
    documentation:
      "The form of times as text, UTC, in the letters of Java's SimpleDateFormat; for reading texts and for making them.",
  },
  'unix.precision': {
    type: 'STRING',
    default: 'milliseconds',
    importance: 'LOW',
    documentation: 'The unit of times as numbers, for reading and making them. What is below a millisecond is lost.',
    validator: oneOf(...UNITS),
  },
  ...replaceNullKey,
});

/** Turns times into another form. */
abstract class TimestampConverter extends BuiltInTransformation {
  protected abstract readonly part: Part;
  #field = '';
  #forms = new TimestampForms('string', undefined, 'milliseconds');
  #replaceNull = true;
  readonly #schemas = new SchemaCache((schema) => this.#updated(schema));
  readonly #layout = new MapLayout((keys) => ({
    order: grownOrder([...new Set([...keys, this.#field])], copyCapacity(keys.length)),
  }));

  override config(): ConfigDef {
    return CONFIG;
  }

  override configure(configs: Props): void {
    const config = CONFIG.parse(configs);
    this.#field = config.string('field');
    this.#replaceNull = config.boolean(REPLACE_NULL);
    const target = TARGETS.find((each) => each === config.string('target.type')) ?? 'string';
    const unit = UNITS.find((each) => each === config.string('unix.precision')) ?? 'milliseconds';
    const pattern = config.string('format');
    if (target === 'string' && pattern.trim() === '') {
      throw new ConfigError('TimestampConverter requires format option to be specified when using string timestamps');
    }
    this.#forms = new TimestampForms(target, formatOf(pattern), unit);
  }

  override apply<R extends ConnectRecord>(record: R): R {
    const schema = this.part.schema(record);
    const value = this.part.value(record);
    return schema === null ? this.#schemaless(record, value) : this.#withSchema(record, schema, value);
  }

  #schemaless<R extends ConnectRecord>(record: R, value: ConnectValue): R {
    if (value === null || this.#field === '') {
      return this.part.replaced(record, null, this.#forms.convert(value, null, inferredForm(value)));
    }
    const source = plainObject(requireMap(value, PURPOSE));
    const target = this.#layout.copy(source);
    const time = ownMember(source, this.#field);
    target[this.#field] = this.#forms.convert(time, null, inferredForm(time));
    return this.part.replaced(record, null, target);
  }

  #withSchema<R extends ConnectRecord>(record: R, schema: Schema, value: ConnectValue): R {
    if (this.#field === '') {
      const form = schemaForm(schema);
      const updated = targetSchema(this.#forms.target, schema.optional);
      return this.part.replaced(record, updated, this.#forms.convert(value, schema, form));
    }
    const struct = value === null ? null : requireStruct(value, schema, PURPOSE);
    const updated = this.#schemas.get(schema);
    return this.part.replaced(record, updated, struct === null ? null : this.#converted(struct, updated));
  }

  #converted(struct: Struct, updated: Schema): Struct {
    const values = struct.schema.fields.map((field) => this.#fieldValue(struct, field, updated));
    return Struct.ofTrusted(updated, values);
  }

  #fieldValue(struct: Struct, field: Field, updated: Schema): ConnectValue {
    if (field.name !== this.#field) return copiedValue(struct, field, this.#replaceNull);
    const time = fieldValue(struct, field, this.#replaceNull);
    const converted = this.#forms.convert(time, field.schema, schemaForm(field.schema));
    return checkedValue(updated.fields[field.index]?.schema ?? field.schema, converted, field.name);
  }

  #updated(schema: Schema): Schema {
    const builder = described(SchemaBuilder.struct(), schema);
    for (const field of fieldsOf(schema)) {
      const converted = field.name === this.#field;
      builder.field(field.name, converted ? targetSchema(this.#forms.target, field.schema.optional) : field.schema);
    }
    if (schema.optional) builder.optional();
    const { defaultValue } = schema;
    if (defaultValue instanceof Struct) builder.default(this.#converted(defaultValue, builder.build()));
    return builder.build();
  }
}

function formatOf(pattern: string): SimpleDateFormat | undefined {
  if (pattern.trim() === '') return undefined;
  try {
    return new SimpleDateFormat(pattern);
  } catch (cause) {
    if (!(cause instanceof IllegalArgumentError)) throw cause;
    throw new ConfigError(
      `Invalid value java.lang.IllegalArgumentException: ${cause.message} for configuration TimestampConverter requires ` +
        `a SimpleDateFormat-compatible pattern for string timestamps: ${pattern}`,
      { cause },
    );
  }
}

export class TimestampConverterKey extends TimestampConverter {
  static readonly className = `${PACKAGE}.TimestampConverter$Key`;
  protected override readonly part = KEY;
}

export class TimestampConverterValue extends TimestampConverter {
  static readonly className = `${PACKAGE}.TimestampConverter$Value`;
  protected override readonly part = VALUE;
}
