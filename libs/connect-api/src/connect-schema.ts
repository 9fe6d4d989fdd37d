import { valuesEqual } from './value-equality.js';
import type { ConnectValue, Field, Schema, SchemaType } from './schema.js';

/** What a schema is made of; what is left out is 'not set', and a schema without `optional` is required. */
export interface SchemaInit {
  readonly type: SchemaType;
  readonly optional?: boolean;
  readonly defaultValue?: ConnectValue;
  readonly name?: string | null;
  readonly version?: number | null;
  readonly doc?: string | null;
  readonly parameters?: ReadonlyMap<string, string> | null;
  readonly fields?: readonly Field[];
  readonly keySchema?: Schema | null;
  readonly valueSchema?: Schema | null;
}

const NO_FIELDS: readonly Field[] = Object.freeze([]);

/** The one implementation of {@link Schema}. Its members never change, so that whoever compiles a schema may keep the result. */
export class ConnectSchema implements Schema {
  readonly type: SchemaType;
  readonly optional: boolean;
  readonly defaultValue: ConnectValue;
  readonly name: string | null;
  readonly version: number | null;
  readonly doc: string | null;
  readonly parameters: ReadonlyMap<string, string> | null;
  readonly fields: readonly Field[];
  readonly keySchema: Schema | null;
  readonly valueSchema: Schema | null;
  readonly #byName: ReadonlyMap<string, Field>;

  constructor(init: SchemaInit) {
    this.type = init.type;
    this.optional = init.optional ?? false;
    this.defaultValue = init.defaultValue ?? undefined;
    this.name = init.name ?? null;
    this.version = init.version ?? null;
    this.doc = init.doc ?? null;
    this.parameters = init.parameters ?? null;
    this.fields = init.fields ?? NO_FIELDS;
    this.keySchema = init.keySchema ?? null;
    this.valueSchema = init.valueSchema ?? null;
    this.#byName = new Map(this.fields.map((field) => [field.name, field]));
  }

  field(name: string): Field | undefined {
    return this.#byName.get(name);
  }

  /** As errors print it, e.g. `Schema{INT32}` or `Schema{com.example.Order:STRUCT}`. */
  toString(): string {
    return `Schema{${this.name === null ? '' : `${this.name}:`}${this.type}}`;
  }
}

const knownEqual = new WeakMap<Schema, WeakSet<Schema>>();

/** Whether two schemas describe the same values in the same words; documentation, default and parameters count too. */
export function schemaEquals(a: Schema | null, b: Schema | null): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  let equals = knownEqual.get(a);
  if (equals?.has(b) === true) return true;
  if (!membersEqual(a, b)) return false;
  if (equals === undefined) knownEqual.set(a, (equals = new WeakSet()));
  equals.add(b);
  return true;
}

function membersEqual(a: Schema, b: Schema): boolean {
  return (
    a.type === b.type &&
    a.optional === b.optional &&
    a.name === b.name &&
    a.version === b.version &&
    a.doc === b.doc &&
    a.fields.length === b.fields.length &&
    a.fields.every((field, index) => fieldEquals(field, b.fields[index])) &&
    schemaEquals(a.keySchema, b.keySchema) &&
    schemaEquals(a.valueSchema, b.valueSchema) &&
    parametersEqual(a.parameters, b.parameters) &&
    valuesEqual(a.defaultValue, b.defaultValue)
  );
}

function fieldEquals(a: Field, b: Field | undefined): boolean {
  return b !== undefined && a.name === b.name && a.index === b.index && schemaEquals(a.schema, b.schema);
}

function parametersEqual(a: ReadonlyMap<string, string> | null, b: ReadonlyMap<string, string> | null): boolean {
  if (a === null || b === null) return a === b;
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}
