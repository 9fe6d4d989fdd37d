import { DataError } from '../errors.js';
import type { ConnectValue, Schema, SchemaAndValue, SchemaType } from '../schema.js';

const WIDTH: Readonly<Partial<Record<SchemaType, number>>> = {
  INT8: 1,
  INT16: 2,
  INT32: 3,
  INT64: 4,
  FLOAT32: 5,
  FLOAT64: 6,
};

/** Finds the schema that all elements of a list (or all keys, all values of a map) can have. */
export class CommonSchema {
  #common: Schema | null = null;
  #compatible = true;

  /** Null where there was no element with a schema, or they have none in common. */
  get schema(): Schema | null {
    return this.#common;
  }

  merge(element: SchemaAndValue | null): void {
    if (element === null || element.schema === null || !this.#compatible) return;
    if (this.#common === null) {
      this.#common = element.schema;
    } else {
      this.#common = wider(this.#common, element.schema);
      this.#compatible = this.#common !== null;
    }
  }
}

/** Of two number types the wider one; of the same type the later schema; null where they do not go together. */
function wider(previous: Schema, latest: Schema): Schema | null {
  if (previous.type === latest.type) return latest;
  const [a, b] = [WIDTH[previous.type], WIDTH[latest.type]];
  if (a === undefined || b === undefined) return null;
  return a > b ? previous : latest;
}

/** Gives an element the form of the common schema; throws a {@link DataError} where that is impossible. */
export function aligned(schema: Schema, value: ConnectValue): ConnectValue {
  if (value === null || value === undefined) {
    throw new DataError('Unable to convert a null value to a schema that requires a value');
  }
  if (schema.type === 'FLOAT32' && typeof value === 'bigint') return Math.fround(Number(value));
  if (schema.type === 'FLOAT64' && typeof value === 'bigint') return Number(value);
  return value;
}
