import { ConnectSchema } from './connect-schema.js';
import { DataError, SchemaBuilderError } from './errors.js';
import type { ConnectValue, Field, Schema, SchemaType } from './schema.js';
import { validateValue } from './validate-value.js';

/**
 * Builds a schema step by step; a schema is required unless `optional()` is called.
 *
 *     SchemaBuilder.struct().name('com.example.Order').field('id', Schemas.INT64).field('note', Schemas.OPTIONAL_STRING).build()
 *
 * Each property can be set once: setting it again throws a {@link SchemaBuilderError}.
 */
export class SchemaBuilder {
  #optional: boolean | undefined;
  #defaultValue: ConnectValue;
  #name: string | null = null;
  #version: number | null = null;
  #doc: string | null = null;
  #parameters: Map<string, string> | null = null;
  readonly #fields = new Map<string, Field>();

  private constructor(
    readonly type: SchemaType,
    readonly keySchema: Schema | null = null,
    readonly valueSchema: Schema | null = null,
  ) {}

  static type(type: SchemaType): SchemaBuilder {
    return new SchemaBuilder(type);
  }
  static int8(): SchemaBuilder {
    return new SchemaBuilder('INT8');
  }
  static int16(): SchemaBuilder {
    return new SchemaBuilder('INT16');
  }
  static int32(): SchemaBuilder {
    return new SchemaBuilder('INT32');
  }
  static int64(): SchemaBuilder {
    return new SchemaBuilder('INT64');
  }
  static float32(): SchemaBuilder {
    return new SchemaBuilder('FLOAT32');
  }
  static float64(): SchemaBuilder {
    return new SchemaBuilder('FLOAT64');
  }
  static bool(): SchemaBuilder {
    return new SchemaBuilder('BOOLEAN');
  }
  static string(): SchemaBuilder {
    return new SchemaBuilder('STRING');
  }
  static bytes(): SchemaBuilder {
    return new SchemaBuilder('BYTES');
  }
  static struct(): SchemaBuilder {
    return new SchemaBuilder('STRUCT');
  }
  /** `valueSchema` null: a list whose elements have no schema in common, as header texts may hold. */
  static array(valueSchema: Schema | null): SchemaBuilder {
    return new SchemaBuilder('ARRAY', null, valueSchema);
  }
  static map(keySchema: Schema | null, valueSchema: Schema | null): SchemaBuilder {
    return new SchemaBuilder('MAP', keySchema, valueSchema);
  }

  optional(): this {
    refuseTwice('optional', this.#optional);
    this.#optional = true;
    return this;
  }

  required(): this {
    refuseTwice('optional', this.#optional);
    this.#optional = false;
    return this;
  }

  /** What readers take where a value is missing; checked against what was set so far. */
  default(value: ConnectValue): this {
    refuseTwice('default', this.#defaultValue);
    try {
      validateValue(this.#build(), value);
    } catch (cause) {
      if (!(cause instanceof DataError)) throw cause;
      throw new SchemaBuilderError('Invalid default value', { cause });
    }
    this.#defaultValue = value;
    return this;
  }

  name(name: string): this {
    refuseTwice('name', this.#name);
    this.#name = name;
    return this;
  }

  version(version: number): this {
    refuseTwice('version', this.#version);
    this.#version = version;
    return this;
  }

  doc(doc: string): this {
    refuseTwice('doc', this.#doc);
    this.#doc = doc;
    return this;
  }

  /** Adds one parameter. */
  parameter(name: string, value: string): this {
    (this.#parameters ??= new Map()).set(name, value);
    return this;
  }

  /** Adds parameters in their order. */
  parameters(parameters: ReadonlyMap<string, string> | Readonly<Record<string, string>>): this {
    const entries = parameters instanceof Map ? parameters : Object.entries(parameters);
    for (const [name, value] of entries) this.parameter(name, value);
    return this;
  }

  /** Adds a field to a struct, after those added before. */
  field(name: string, schema: Schema): this {
    if (this.type !== 'STRUCT') throw new SchemaBuilderError(`Cannot create fields on type ${this.type}`);
    if (name === '') throw new SchemaBuilderError('fieldName cannot be null.');
    if (this.#fields.has(name)) {
      throw new SchemaBuilderError(`Cannot create field because of field name duplication ${name}`);
    }
    this.#fields.set(name, { name, index: this.#fields.size, schema });
    return this;
  }

  build(): Schema {
    return this.#build();
  }

  #build(): Schema {
    return new ConnectSchema({
      type: this.type,
      optional: this.#optional ?? false,
      defaultValue: this.#defaultValue,
      name: this.#name,
      version: this.#version,
      doc: this.#doc,
      parameters: this.#parameters === null ? null : new Map(this.#parameters),
      fields: [...this.#fields.values()],
      keySchema: this.keySchema,
      valueSchema: this.valueSchema,
    });
  }
}

function refuseTwice(property: string, value: unknown): void {
  if (value !== null && value !== undefined) {
    throw new SchemaBuilderError(`Invalid SchemaBuilder call: ${property} has already been set.`);
  }
}
