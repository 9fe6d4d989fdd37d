import {
  DataError,
  Float64,
  Struct,
  hashMapKeyOrder,
  validateValue,
  type ConnectValue,
  type Schema,
  type SchemaType,
} from '@tributary/connect-api';
import { base64 } from './base64.js';
import { inHashOrder, writtenKeys } from './hash-order.js';
import type { JsonOptions } from './json-converter-config.js';
import { JsonNumber, doubleOf, integerOf, isJsonObject, kindOf, type JsonObject, type JsonTree } from './json-tree.js';
import { logicalReader } from './logical-json.js';
import { NEEDS_EXACT_TEXT } from './parse-json.js';
import { hashOrdered } from './map-order.js';

const MAX_DEPTH = 1000;

export type Reader = (tree: JsonTree) => ConnectValue;

/** JSON without schema: integers are INT64, other numbers doubles, objects maps in the order of a Java HashMap. */
export function schemalessValue(tree: JsonTree): ConnectValue {
  return nestedValue(tree, 0);
}

/** Throws a SyntaxError where the reference's parser would have refused the text. */
function nestedValue(tree: JsonTree, depth: number): ConnectValue {
  if (typeof tree === 'number') return exact(tree);
  if (typeof tree === 'bigint') return int64(BigInt.asIntN(64, tree));
  if (typeof tree !== 'object' || tree === null) return tree ?? null;
  if (depth >= MAX_DEPTH) throw new SyntaxError(`Invalid JSON: more than ${MAX_DEPTH} levels of nesting`);
  if (Array.isArray(tree)) return tree.map((item) => nestedValue(item, depth + 1));
  if (!(tree instanceof JsonNumber)) return inHashOrder(tree, depth + 1, nestedValue);
  const double = doubleOf(tree);
  return Number.isInteger(double) ? new Float64(double) : double;
}

/** An integer beyond 2^53 comes as a bigint from the exact parser: as a number it may have lost digits. */
function exact(number: number): number {
  if (number > Number.MAX_SAFE_INTEGER || number < Number.MIN_SAFE_INTEGER) throw NEEDS_EXACT_TEXT;
  return number;
}

/** Too large for a double, which only the exact parser tells from what is no number at all. */
function finite(tree: JsonTree): JsonTree {
  if (typeof tree === 'number' && !Number.isFinite(tree)) throw NEEDS_EXACT_TEXT;
  return tree;
}

/** Assembles, once per schema, the function that makes its values from parsed JSON. */
export class JsonReaders {
  readonly #readers = new WeakMap<Schema, Reader>();

  constructor(readonly options: JsonOptions) {}

  for(schema: Schema | null): Reader {
    if (schema === null) return schemalessValue;
    let reader = this.#readers.get(schema);
    if (reader === undefined) this.#readers.set(schema, (reader = this.#compile(schema)));
    return reader;
  }

  #compile(schema: Schema): Reader {
    const read = logicalReader(schema) ?? this.#byType(schema);
    return (tree) => (tree === null || tree === undefined ? this.#null(schema) : read(tree));
  }

  #null(schema: Schema): ConnectValue {
    const defaultValue = schema.defaultValue ?? null;
    if (defaultValue !== null && this.options.replaceNullWithDefault) return defaultValue;
    if (schema.optional) return null;
    throw new DataError(`Invalid null value for required ${schema.type} field`);
  }

  #byType(schema: Schema): Reader {
    switch (schema.type) {
      case 'ARRAY':
        return this.#array(schema);
      case 'MAP':
        return schema.keySchema?.type === 'STRING' ? this.#objectMap(schema) : this.#pairs(schema);
      case 'STRUCT':
        return this.#struct(schema);
      default:
        return PRIMITIVES[schema.type];
    }
  }

  #array(schema: Schema): Reader {
    const item = this.for(schema.valueSchema);
    return (tree) => {
      if (Array.isArray(tree)) return tree.map(item);
      return isJsonObject(tree) ? Object.values(tree).map(item) : [];
    };
  }

  #objectMap(schema: Schema): Reader {
    const member = this.for(schema.valueSchema);
    return (tree) => {
      if (!isJsonObject(tree)) {
        throw new DataError(`Maps with string fields should be encoded as JSON objects, but found ${kindOf(tree)}`);
      }
      const keys = hashMapKeyOrder(writtenKeys(tree));
      return new Map(keys.map((key) => [key, member(tree[key])]));
    };
  }

  #pairs(schema: Schema): Reader {
    const [key, member] = [this.for(schema.keySchema), this.for(schema.valueSchema)];
    const keyType = schema.keySchema?.type;
    return (tree) => {
      if (!Array.isArray(tree)) {
        const found = kindOf(tree);
        throw new DataError(
          `Maps with non-string fields should be encoded as JSON array of tuples, but found ${found}`,
        );
      }
      return hashOrdered(
        tree.map((pair) => [key(entry(pair)[0]), member(entry(pair)[1])] as const),
        keyType,
      );
    };
  }

  #struct(schema: Schema): Reader {
    const fields = schema.fields.map(({ name, schema: fieldSchema }) => ({
      name,
      schema: fieldSchema,
      required: !fieldSchema.optional,
      read: withoutInherited(name, this.for(fieldSchema)),
    }));
    return (tree) => {
      if (!isJsonObject(tree)) {
        throw new DataError(`Structs should be encoded as JSON objects, but found ${kindOf(tree)}`);
      }
      const values: ConnectValue[] = [];
      for (const { name, required, schema: fieldSchema, read } of fields) {
        const value = read(tree[name]);
        if (value === null && required) validateValue(fieldSchema, value, name);
        values.push(value);
      }
      return Struct.ofTrusted(schema, values);
    };
  }
}

/** A member that is not there must not be one that every object of JavaScript has, as `constructor`. */
function withoutInherited(name: string, read: Reader): Reader {
  const inherited = ({} as JsonObject)[name];
  return inherited === undefined ? read : (tree) => read(tree === inherited ? undefined : tree);
}

function entry(pair: JsonTree): JsonTree[] {
  if (!Array.isArray(pair)) {
    throw new DataError(`Found invalid map entry instead of array tuple: ${kindOf(pair)}`);
  }
  if (pair.length !== 2) throw new DataError(`Found invalid map entry, expected length 2 but found :${pair.length}`);
  return pair;
}

const PRIMITIVES: Readonly<Record<Exclude<SchemaType, 'ARRAY' | 'MAP' | 'STRUCT'>, Reader>> = {
  INT8: integer(8),
  INT16: integer(16),
  INT32: integer(32),
  INT64(tree) {
    if (typeof tree === 'number' && Number.isInteger(exact(tree))) return tree + 0;
    return int64(integerOf(tree, 64));
  },
  FLOAT32: (tree) => Math.fround(doubleOf(finite(tree))),
  FLOAT64: (tree) => doubleOf(finite(tree)),
  BOOLEAN: (tree) => tree === true,
  STRING: (tree) => (typeof tree === 'string' ? tree : null),
  BYTES(tree) {
    if (typeof tree !== 'string') return null;
    try {
      return base64(tree);
    } catch (cause) {
      throw new DataError('Invalid bytes field', { cause });
    }
  },
};

function integer(bits: 8 | 16 | 32): Reader {
  const shift = 32 - bits;
  return (tree) => {
    if (typeof tree === 'number' && (tree | 0) === tree) return (tree << shift) >> shift;
    if (typeof tree === 'number') exact(tree);
    return Number(integerOf(tree, bits));
  };
}

function int64(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
