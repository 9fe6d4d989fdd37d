import {
  DataError,
  Float64,
  Struct,
  javaClassOf,
  javaFloat,
  schemaEquals,
  type ConnectValue,
  type Schema,
  type SchemaType,
} from '@tributary/connect-api';
import type { JsonOptions } from './json-converter-config.js';
import { logicalWriter } from './logical-json.js';
import { quote, quoteKey } from './quote.js';
import { base64Json, doubleJson, mapJson, schemalessJson } from './schemaless-writer.js';

export type Writer = (value: ConnectValue) => string;

const INT64_LIMIT = 2 ** 63;

/** Assembles, once per schema, the function that writes its values as JSON. */
export class JsonWriters {
  readonly #writers = new WeakMap<Schema, Writer>();

  constructor(readonly options: JsonOptions) {}

  for(schema: Schema | null): Writer {
    if (schema === null) return schemalessJson;
    let writer = this.#writers.get(schema);
    if (writer === undefined) this.#writers.set(schema, (writer = this.#compile(schema)));
    return writer;
  }

  #compile(schema: Schema): Writer {
    const write = logicalWriter(schema, this.options) ?? this.#byType(schema);
    return (value) => (value === null || value === undefined ? this.#null(schema, write) : write(value));
  }

  #null(schema: Schema, write: Writer): string {
    const defaultValue = schema.defaultValue ?? null;
    if (defaultValue !== null && this.options.replaceNullWithDefault) return write(defaultValue);
    if (schema.optional) return 'null';
    throw new DataError('Conversion error: null value for field that is required and has no default value');
  }

  #byType(schema: Schema): Writer {
    switch (schema.type) {
      case 'ARRAY':
        return this.#array(schema);
      case 'MAP':
        return this.#map(schema);
      case 'STRUCT':
        return this.#struct(schema);
      default:
        return PRIMITIVES[schema.type];
    }
  }

  #array(schema: Schema): Writer {
    const item = this.for(schema.valueSchema);
    return (value) => {
      if (!isList(value)) throw invalid('ARRAY', value);
      return `[${value.map(item).join(',')}]`;
    };
  }

  #map(schema: Schema): Writer {
    const [key, member] = [this.for(schema.keySchema), this.for(schema.valueSchema)];
    const objectMode = schema.keySchema?.type === 'STRING';
    return (value) => {
      if (!(value instanceof Map)) throw invalid('MAP', value);
      return mapJson(value, key, member, objectMode);
    };
  }

  #struct(schema: Schema): Writer {
    const starts = schema.fields.map(({ name }, index) => `${index === 0 ? '' : ','}${quoteKey(name)}:`);
    const writers = schema.fields.map((field) => this.for(field.schema));
    return (value) => {
      if (!(value instanceof Struct)) throw invalid('STRUCT', value);
      if (value.schema !== schema && !schemaEquals(value.schema, schema)) throw new DataError('Mismatching schema.');
      let text = '{';
      for (let index = 0; index < writers.length; index++) {
        text += `${starts[index] ?? ''}${writers[index]?.(value.at(index)) ?? ''}`;
      }
      return `${text}}`;
    };
  }
}

const PRIMITIVES: Readonly<Record<Exclude<SchemaType, 'ARRAY' | 'MAP' | 'STRUCT'>, Writer>> = {
  INT8: integer('INT8', 2 ** 7),
  INT16: integer('INT16', 2 ** 15),
  INT32: integer('INT32', 2 ** 31),
  INT64(value) {
    if (typeof value === 'bigint') return value.toString();
    if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) > INT64_LIMIT) {
      throw invalid('INT64', value);
    }
    return Number.isSafeInteger(value) ? `${value}` : BigInt(value).toString();
  },
  FLOAT32(value) {
    const number = value instanceof Float64 ? value.value : value;
    if (typeof number !== 'number') throw invalid('FLOAT32', value);
    const text = javaFloat(number);
    return Number.isFinite(number) && !text.endsWith('y') ? text : `"${text}"`;
  },
  FLOAT64(value) {
    if (typeof value === 'number') return doubleJson(value);
    if (value instanceof Float64) return doubleJson(value.value);
    throw invalid('FLOAT64', value);
  },
  BOOLEAN(value) {
    if (typeof value !== 'boolean') throw invalid('BOOLEAN', value);
    return value ? 'true' : 'false';
  },
  STRING(value) {
    if (typeof value !== 'string') throw invalid('STRING', value);
    return quote(value);
  },
  BYTES(value) {
    if (value instanceof Uint8Array) return base64Json(value);
    throw new DataError(`Invalid type for bytes type: class ${javaClassOf(value)}`);
  },
};

function integer(type: SchemaType, limit: number): Writer {
  return (value) => {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < -limit || value >= limit) {
      throw invalid(type, value);
    }
    return `${value}`;
  };
}

function invalid(type: SchemaType, value: ConnectValue): DataError {
  return new DataError(`Invalid type for ${type}: class ${javaClassOf(value)}`);
}

function isList(value: ConnectValue): value is readonly ConnectValue[] {
  return Array.isArray(value);
}
