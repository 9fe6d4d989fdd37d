import { schemaEquals } from './connect-schema.js';
import { DataError } from './errors.js';
import { javaToString } from './java-text.js';
import type { ConnectValue, Field, Schema, SchemaType } from './schema.js';
import { StructBase } from './struct-base.js';
import { validateValue } from './validate-value.js';
import { valuesEqual } from './value-equality.js';

/**
 * A value with named fields, as its schema lists them. `put` checks every value against its field; a field that was never
 * put reads as its default, or null.
 */
export class Struct extends StructBase {
  /** by index of the field; nothing where it was never put */
  #values: ConnectValue[];

  constructor(override readonly schema: Schema) {
    super();
    if (schema.type !== 'STRUCT') throw new DataError(`Not a struct schema: ${String(schema)}`);
    this.#values = [];
  }

  /** Makes one from values in the order of the fields, without checking or copying them: for readers that checked already. */
  static ofTrusted(schema: Schema, values: ConnectValue[]): Struct {
    const struct = new Struct(schema);
    struct.#values = values;
    return struct;
  }

  /** The field's value; its default where it is null. Throws a {@link DataError} where there is no such field. */
  get(field: string | Field): ConnectValue {
    const { index, schema } = this.#field(field);
    return this.#values[index] ?? schema.defaultValue ?? null;
  }

  /** The field's value as it was put, null otherwise. */
  getWithoutDefault(field: string | Field): ConnectValue {
    return this.#values[this.#field(field).index] ?? null;
  }

  /** The value at an index of the schema's fields, without default: the fast way for writers that walk over all fields. */
  override at(index: number): ConnectValue {
    return this.#values[index] ?? null;
  }

  /** Sets a field, checked against its schema, and gives back this struct. */
  put(field: string | Field, value: ConnectValue): this {
    const { index, schema, name } = this.#field(field);
    validateValue(schema, value, name);
    this.#values[index] = value ?? null;
    return this;
  }

  getBoolean(field: string): boolean | null {
    return this.#typed(field, ['BOOLEAN'], (value) => typeof value === 'boolean');
  }
  getString(field: string): string | null {
    return this.#typed(field, ['STRING'], (value) => typeof value === 'string');
  }
  /** Any of the number types but INT64. */
  getNumber(field: string): number | null {
    const types = ['INT8', 'INT16', 'INT32', 'FLOAT32', 'FLOAT64'] as const;
    return this.#typed(field, types, (value) => typeof value === 'number');
  }
  getInt64(field: string): number | bigint | null {
    return this.#typed(field, ['INT64'], (value) => typeof value === 'number' || typeof value === 'bigint');
  }
  getBytes(field: string): Uint8Array | null {
    return this.#typed(field, ['BYTES'], (value) => value instanceof Uint8Array);
  }
  getArray(field: string): readonly ConnectValue[] | null {
    return this.#typed(field, ['ARRAY'], (value) => Array.isArray(value));
  }
  getMap(field: string): Map<ConnectValue, ConnectValue> | null {
    return this.#typed(field, ['MAP'], (value) => value instanceof Map);
  }
  getStruct(field: string): Struct | null {
    return this.#typed(field, ['STRUCT'], (value) => value instanceof Struct);
  }

  /** Checks that every field has a value that it allows; throws a {@link DataError} that names the first that has not. */
  override validate(): void {
    for (const { name, schema, index } of this.schema.fields) {
      const value = this.#values[index] ?? null;
      if (value === null && (schema.optional || (schema.defaultValue ?? null) !== null)) continue;
      validateValue(schema, value, name);
    }
  }

  override equals(other: StructBase): boolean {
    return (
      other instanceof Struct &&
      schemaEquals(this.schema, other.schema) &&
      this.schema.fields.every(({ index }) => valuesEqual(this.at(index), other.at(index)))
    );
  }

  /** `Struct{a=1,b=x}`; fields without a value are left out. */
  override toString(): string {
    return javaToString(this);
  }

  #field(field: string | Field): Field {
    const name = typeof field === 'string' ? field : field.name;
    const found = this.schema.field(name);
    if (found === undefined) throw new DataError(`${name} is not a valid field name`);
    return found;
  }

  #typed<T extends ConnectValue>(
    name: string,
    types: readonly SchemaType[],
    is: (value: ConnectValue) => boolean,
  ): T | null {
    const field = this.#field(name);
    if (!types.includes(field.schema.type)) throw new DataError(`Field '${name}' is not of type ${types.join(', ')}`);
    const value = this.get(field);
    if (value === null || is(value)) return value as T | null;
    throw new DataError(`Field '${name}' is not of type ${types.join(', ')}`);
  }
}
