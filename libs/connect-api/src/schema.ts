import type { Decimal } from './decimal.js';
import type { Struct } from './struct.js';

/** The type of a value, with the reference's names. */
export type SchemaType =
  | 'INT8'
  | 'INT16'
  | 'INT32'
  | 'INT64'
  | 'FLOAT32'
  | 'FLOAT64'
  | 'BOOLEAN'
  | 'STRING'
  | 'BYTES'
  | 'ARRAY'
  | 'MAP'
  | 'STRUCT';

/**
 * A value inside a record.
 *
 * | schema | JavaScript |
 * | --- | --- |
 * | INT8, INT16, INT32, FLOAT32, FLOAT64 | number |
 * | INT64 | number while safe, bigint beyond 2^53 |
 * | BOOLEAN, STRING | boolean, string |
 * | BYTES | Uint8Array (a Buffer is one) |
 * | ARRAY | array |
 * | MAP | Map |
 * | STRUCT | {@link Struct} |
 * | Decimal | {@link Decimal} |
 * | Date, Time, Timestamp | Date |
 * | none, a map with string keys (schemaless JSON) | plain object |
 * | none, a double with no fraction (`1.0`) | {@link Float64}, so that it stays a double |
 */
export type ConnectValue =
  | null
  | undefined
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Date
  | Decimal
  | Float64
  | Struct
  | readonly ConnectValue[]
  | Map<ConnectValue, ConnectValue>
  | { readonly [key: string]: ConnectValue };

/** A schemaless double whose value is integral: a plain number would be written as an integer. Acts as a number in arithmetic. */
export class Float64 {
  constructor(readonly value: number) {}
  valueOf(): number {
    return this.value;
  }
}

/** A member of a struct schema. */
export interface Field {
  readonly name: string;
  readonly index: number;
  readonly schema: Schema;
}

/** The description of a value. Immutable; build one with `SchemaBuilder`. `null` means 'not set'. */
export interface Schema {
  readonly type: SchemaType;
  readonly optional: boolean;
  /** undefined where there is no default */
  readonly defaultValue: ConnectValue;
  readonly name: string | null;
  readonly version: number | null;
  readonly doc: string | null;
  readonly parameters: ReadonlyMap<string, string> | null;
  /** STRUCT only, else empty */
  readonly fields: readonly Field[];
  /** MAP only */
  readonly keySchema: Schema | null;
  /** MAP and ARRAY only */
  readonly valueSchema: Schema | null;
  /** STRUCT only: the field of that name */
  field(name: string): Field | undefined;
}

/** A schema together with a value, what a converter reads from bytes. */
export interface SchemaAndValue {
  readonly schema: Schema | null;
  readonly value: ConnectValue;
}
