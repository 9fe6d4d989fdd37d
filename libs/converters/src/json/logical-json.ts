import {
  DATE_NAME,
  DECIMAL_NAME,
  DataError,
  DateSchema,
  Decimal,
  DecimalSchema,
  TIMESTAMP_NAME,
  TIME_NAME,
  TimeSchema,
  TimestampSchema,
  javaClassOf,
  type ConnectValue,
  type Schema,
} from '@tributary/connect-api';
import { base64 } from './base64.js';
import type { JsonOptions } from './json-converter-config.js';
import { JsonNumber, doubleOf, integerOf, isIntegral, kindOf, type JsonTree } from './json-tree.js';
import { base64Json } from './schemaless-writer.js';

/*
 * Decimal: base64 of its bytes, or a number. Date: days. Time and Timestamp: milliseconds.
 */

/** The writer of a logical type, undefined for every other schema. */
export function logicalWriter(schema: Schema, options: JsonOptions): ((value: ConnectValue) => string) | undefined {
  switch (schema.name) {
    case DECIMAL_NAME:
      return (value) => {
        if (!(value instanceof Decimal)) throw wrongClass('Decimal', 'BigDecimal', value);
        if (options.decimalFormat === 'NUMERIC') return value.toString();
        return base64Json(DecimalSchema.fromLogical(schema, value));
      };
    case DATE_NAME:
      return temporal('Date', (date) => DateSchema.fromLogical(schema, date));
    case TIME_NAME:
      return temporal('Time', (date) => TimeSchema.fromLogical(schema, date));
    case TIMESTAMP_NAME:
      return temporal('Timestamp', (date) => TimestampSchema.fromLogical(schema, date));
    default:
      return undefined;
  }
}

function temporal(type: string, fromLogical: (date: Date) => number): (value: ConnectValue) => string {
  return (value) => {
    if (!(value instanceof Date)) throw wrongClass(type, 'Date', value);
    return `${fromLogical(value)}`;
  };
}

function wrongClass(type: string, expected: string, value: ConnectValue): DataError {
  return new DataError(`Invalid type for ${type}, expected ${expected} but was class ${javaClassOf(value)}`);
}

/** The reader of a logical type, undefined for every other schema. */
export function logicalReader(schema: Schema): ((tree: JsonTree) => ConnectValue) | undefined {
  switch (schema.name) {
    case DECIMAL_NAME:
      return (tree) => readDecimal(schema, tree);
    case DATE_NAME:
      return (tree) => DateSchema.toLogical(schema, int(tree, 'Date'));
    case TIME_NAME:
      return (tree) => TimeSchema.toLogical(schema, int(tree, 'Time'));
    case TIMESTAMP_NAME:
      return (tree) => {
        if (!isIntegral(tree)) throw wrongKind('Timestamp', 'integral', tree);
        return TimestampSchema.toLogical(schema, typeof tree === 'number' ? tree : integerOf(tree, 64));
      };
    default:
      return undefined;
  }
}

function readDecimal(schema: Schema, tree: JsonTree): Decimal {
  if (isIntegral(tree)) return new Decimal(BigInt(tree), 0);
  if (tree instanceof JsonNumber) return Decimal.fromString(tree.text);
  if (typeof tree === 'number') return Decimal.fromString(String(doubleOf(tree)));
  if (typeof tree !== 'string') throw wrongKind('Decimal', 'numeric or bytes', tree);
  try {
    return DecimalSchema.toLogical(schema, base64(tree));
  } catch (cause) {
    throw new DataError('Invalid bytes for Decimal field', { cause });
  }
}

function int(tree: JsonTree, type: string): number {
  if (typeof tree === 'number' && (tree | 0) === tree) return tree;
  throw wrongKind(type, 'integer', tree);
}

function wrongKind(type: string, expected: string, tree: JsonTree): DataError {
  return new DataError(
    `Invalid type for ${type}, underlying representation should be ${expected} but was ${kindOf(tree)}`,
  );
}
