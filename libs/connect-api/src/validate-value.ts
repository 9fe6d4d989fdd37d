import { Decimal } from './decimal.js';
import { DataError } from './errors.js';
import { javaClassOf } from './java-class.js';
import { schemaEquals } from './connect-schema.js';
import { Float64, type ConnectValue, type Schema } from './schema.js';
import { StructBase } from './struct-base.js';
import { DECIMAL_NAME, TEMPORAL_NAMES } from './logical-names.js';

const INT64_LIMIT = 2n ** 63n;
const INTEGER_LIMITS = { INT8: 2 ** 7, INT16: 2 ** 15, INT32: 2 ** 31 } as const;

/** Checks that a value is what its schema says, all the way down; throws a {@link DataError} that names the place. */
export function validateValue(schema: Schema, value: ConnectValue, field?: string): void {
  check(schema, value, field === undefined ? 'value' : `field: "${field}"`);
}

function check(schema: Schema, value: ConnectValue, place: string): void {
  if (value === null || value === undefined) {
    if (schema.optional) return;
    throw new DataError(`Invalid value: null used for required ${place}, schema type: ${schema.type}`);
  }
  if (!fits(schema, value)) {
    const name = schema.name === null ? '' : ` "${schema.name}"`;
    throw new DataError(
      `Invalid Java object for schema${name} with type ${schema.type}: class ${javaClassOf(value)} for ${place}`,
    );
  }
  if (value instanceof StructBase) {
    if (!schemaEquals(value.schema, schema)) throw new DataError('Struct schemas do not match.');
    value.validate();
  } else if (schema.type === 'ARRAY' && isList(value)) {
    const itemPlace = `element of array ${place}`;
    const itemSchema = known(schema.valueSchema, itemPlace);
    for (const item of value) check(itemSchema, item, itemPlace);
  } else if (schema.type === 'MAP' && value instanceof Map) {
    const keyPlace = `key of map ${place}`;
    const valuePlace = `value of map ${place}`;
    const keySchema = known(schema.keySchema, keyPlace);
    const valueSchema = known(schema.valueSchema, valuePlace);
    for (const [key, member] of value) {
      check(keySchema, key, keyPlace);
      check(valueSchema, member, valuePlace);
    }
  }
}

function fits(schema: Schema, value: ConnectValue): boolean {
  if (schema.name === DECIMAL_NAME) return value instanceof Decimal;
  if (schema.name !== null && TEMPORAL_NAMES.has(schema.name)) return value instanceof Date;
  switch (schema.type) {
    case 'INT8':
    case 'INT16':
    case 'INT32':
      return isInteger(value, INTEGER_LIMITS[schema.type]);
    case 'INT64':
      return typeof value === 'bigint'
        ? value >= -INT64_LIMIT && value < INT64_LIMIT
        : isInteger(value, Number(INT64_LIMIT));
    case 'FLOAT32':
    case 'FLOAT64':
      return typeof value === 'number' || value instanceof Float64;
    case 'BOOLEAN':
      return typeof value === 'boolean';
    case 'STRING':
      return typeof value === 'string';
    case 'BYTES':
      return value instanceof Uint8Array;
    case 'ARRAY':
      return Array.isArray(value);
    case 'MAP':
      return value instanceof Map;
    case 'STRUCT':
      return value instanceof StructBase;
  }
}

function isInteger(value: ConnectValue, limit: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= -limit && value < limit;
}

function isList(value: ConnectValue): value is readonly ConnectValue[] {
  return Array.isArray(value);
}

function known(schema: Schema | null, place: string): Schema {
  if (schema === null) throw new DataError(`No schema defined for ${place}`);
  return schema;
}
