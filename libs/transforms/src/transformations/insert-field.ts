import {
  ConfigDef,
  ConfigError,
  DataError,
  SchemaBuilder,
  Schemas,
  Struct,
  TimestampSchema,
  invalidValue,
  setMember,
  type ConfigKeyInit,
  type ConnectRecord,
  type ConnectValue,
  type Props,
  type Schema,
} from '@tributary/connect-api';
import { BuiltInTransformation, PACKAGE } from '../record/built-in.js';
import { copiedValue } from '../record/field-value.js';
import { KEY, VALUE, type Part } from '../record/part.js';
import { REPLACE_NULL, replaceNullKey } from '../record/replace-null.js';
import { requireMap, requireStruct } from '../record/requirements.js';
import { SchemaCache } from '../record/schema-cache.js';
import { described } from '../record/schema-parts.js';
import { copyCapacity, grownOrder } from '../schemaless/java-hash-map.js';
import { MapLayout, plainObject } from '../schemaless/map-layout.js';

const PURPOSE = 'field insertion';
const OPTIONALITY = 'With `!` after the name the field is required, with `?` or nothing it is optional.';
const TIMESTAMPS = {
  required: TimestampSchema.SCHEMA,
  optional: TimestampSchema.builder().optional().build(),
};

function fieldKey(what: string): ConfigKeyInit {
  return { type: 'STRING', default: null, importance: 'MEDIUM', documentation: `Field for ${what}. ${OPTIONALITY}` };
}

const CONFIG = ConfigDef.define({
  'topic.field': fieldKey("the record's topic"),
  'partition.field': fieldKey("the record's partition"),
  'offset.field': fieldKey("the record's offset, in sinks only"),
  'timestamp.field': fieldKey("the record's timestamp"),
  'static.field': fieldKey('a fixed text'),
  'static.value': { type: 'STRING', default: null, importance: 'MEDIUM', documentation: 'That fixed text.' },
  ...replaceNullKey,
});

/** One field to insert. */
interface Insertion {
  readonly name: string;
  readonly schema: Schema;
  /** null: the field stays as it is */
  value(record: ConnectRecord): ConnectValue;
  /** the same in a record without schema */
  plainValue(record: ConnectRecord): ConnectValue;
}

/** Adds fields that say where a record is from, or a fixed text. */
abstract class InsertField extends BuiltInTransformation {
  protected abstract readonly part: Part;
  #insertions: readonly Insertion[] = [];
  #replaceNull = true;
  readonly #schemas = new SchemaCache((schema) => this.#withInsertions(schema));
  readonly #layouts = new Map<number, MapLayout>();

  override config(): ConfigDef {
    return CONFIG;
  }

  override configure(configs: Props): void {
    const config = CONFIG.parse(configs);
    this.#replaceNull = config.boolean(REPLACE_NULL);
    const text = config.optionalString('static.value');
    const insertions = [
      insertion(config.optionalString('topic.field'), Schemas.STRING, Schemas.OPTIONAL_STRING, ({ topic }) => topic),
      insertion(config.optionalString('partition.field'), Schemas.INT32, Schemas.OPTIONAL_INT32, partitionOf),
      insertion(config.optionalString('offset.field'), Schemas.INT64, Schemas.OPTIONAL_INT64, offsetOf),
      insertion(
        config.optionalString('timestamp.field'),
        TIMESTAMPS.required,
        TIMESTAMPS.optional,
        ({ timestamp }) => (timestamp === null ? null : new Date(timestamp)),
        ({ timestamp }) => timestamp,
      ),
      insertion(config.optionalString('static.field'), Schemas.STRING, Schemas.OPTIONAL_STRING, () => text ?? null),
    ];
    this.#insertions = insertions.filter((each) => each !== undefined);
    if (this.#insertions.length === 0) throw new ConfigError('No field insertion configured');
    const fixed = insertions.at(-1);
    if (fixed !== undefined && text === undefined) {
      throw invalidValue('static.value', null, `No value specified for static field: ${fixed.name}`);
    }
  }

  override apply<R extends ConnectRecord>(record: R): R {
    const value = this.part.value(record);
    if (value === null) return record;
    const schema = this.part.schema(record);
    return schema === null ? this.#intoMap(record, value) : this.#intoStruct(record, schema, value);
  }

  #intoMap<R extends ConnectRecord>(record: R, value: ConnectValue): R {
    const source = plainObject(requireMap(value, PURPOSE));
    const insertions = this.#insertions;
    const values: ConnectValue[] = [];
    // Which fields have a value differs from record to record, so there is a layout for each combination.
    let combination = 0;
    for (let index = 0; index < insertions.length; index++) {
      const inserted = insertions[index]?.plainValue(record) ?? null;
      if (inserted !== null) combination |= 1 << index;
      values.push(inserted);
    }
    const target = this.#layout(combination).build(source);
    for (let index = 0; index < insertions.length; index++) {
      const inserted = values[index] ?? null;
      if (inserted !== null) setMember(target, insertions[index]?.name ?? '', inserted);
    }
    return this.part.replaced(record, null, target);
  }

  #layout(combination: number): MapLayout {
    let layout = this.#layouts.get(combination);
    if (layout === undefined) {
      const names = this.#insertions.filter((_, index) => (combination & (1 << index)) !== 0).map(({ name }) => name);
      layout = new MapLayout((keys) => ({
        order: grownOrder([...new Set([...keys, ...names])], copyCapacity(keys.length)),
      }));
      this.#layouts.set(combination, layout);
    }
    return layout;
  }

  #intoStruct<R extends ConnectRecord>(record: R, schema: Schema, value: ConnectValue): R {
    const struct = requireStruct(value, schema, PURPOSE);
    const updated = this.#schemas.get(struct.schema);
    const values: ConnectValue[] = [];
    for (const field of struct.schema.fields) values.push(copiedValue(struct, field, this.#replaceNull));
    for (const each of this.#insertions) values.push(each.value(record));
    return this.part.replaced(record, updated, Struct.ofTrusted(updated, values));
  }

  #withInsertions(schema: Schema): Schema {
    const builder = described(SchemaBuilder.struct(), schema);
    for (const field of schema.fields) builder.field(field.name, field.schema);
    for (const each of this.#insertions) builder.field(each.name, each.schema);
    return builder.build();
  }
}

function insertion(
  setting: string | undefined,
  required: Schema,
  optional: Schema,
  value: (record: ConnectRecord) => ConnectValue,
  plainValue = value,
): Insertion | undefined {
  if (setting === undefined) return undefined;
  const name = /[!?]$/.test(setting) ? setting.slice(0, -1) : setting;
  return { name, schema: setting.endsWith('!') ? required : optional, value, plainValue };
}

function partitionOf({ kafkaPartition }: ConnectRecord): ConnectValue {
  return kafkaPartition;
}

function offsetOf(record: ConnectRecord): ConnectValue {
  if ('kafkaOffset' in record && typeof record.kafkaOffset === 'number') return record.kafkaOffset;
  throw new DataError(
    `Only SinkRecord supported for [${PURPOSE}], found: org.apache.kafka.connect.source.SourceRecord`,
  );
}

export class InsertFieldKey extends InsertField {
  static readonly className = `${PACKAGE}.InsertField$Key`;
  protected override readonly part = KEY;
}

export class InsertFieldValue extends InsertField {
  static readonly className = `${PACKAGE}.InsertField$Value`;
  protected override readonly part = VALUE;
}
