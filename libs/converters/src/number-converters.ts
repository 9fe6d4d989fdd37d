import {
  DataError,
  Float64,
  Schemas,
  javaClassOf,
  type ConfigDef,
  type ConnectValue,
  type Schema,
  type SchemaAndValue,
} from '@tributary/connect-api';
import { CONVERTER_TYPE, ConverterBase } from './converter-base.js';
import { SerializationError } from './serialization-error.js';

/*
 * Numbers as big-endian bytes of their type's size, nothing else. Null is null both ways. What is read has the optional
 * schema of the type; what is written must have that type, or no schema, as then nothing tells what kind of number it is.
 */

interface NumberFormat {
  /** as messages call it */
  readonly word: string;
  readonly size: number;
  readonly schema: Schema;
  /** throws for what is no number of the type */
  write(value: ConnectValue): Buffer;
  read(bytes: Buffer): number | bigint;
}

abstract class NumberConverter extends ConverterBase {
  protected abstract readonly format: NumberFormat;

  override config(): ConfigDef {
    return CONVERTER_TYPE;
  }

  override fromConnectData(_topic: string, schema: Schema | null, value: ConnectValue): Buffer | null {
    if (value === null || value === undefined) return null;
    try {
      if (schema !== null && schema.type !== this.format.schema.type) throw new TypeError(`Type is ${schema.type}`);
      return this.format.write(value);
    } catch (cause) {
      const wasClass = `was class ${javaClassOf(value, schema)}`;
      throw new DataError(`Failed to serialize to ${this.format.word} (${wasClass}): `, { cause });
    }
  }

  override toConnectData(_topic: string, bytes: Buffer | null): SchemaAndValue {
    const { schema, size, word } = this.format;
    if (bytes === null) return { schema, value: null };
    if (bytes.length !== size) {
      const cause = new SerializationError(`Size of data received by ${capital(word)}Deserializer is not ${size}`);
      throw new DataError(`Failed to deserialize ${word}: `, { cause });
    }
    return { schema, value: this.format.read(bytes) };
  }
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function buffer(size: number, write: (target: Buffer) => void): Buffer {
  const target = Buffer.allocUnsafe(size);
  write(target);
  return target;
}

function integral(value: ConnectValue): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new TypeError('Not an integer');
  return value;
}

function long(value: ConnectValue): bigint {
  return typeof value === 'bigint' ? value : BigInt(integral(value));
}

function floating(value: ConnectValue): number {
  if (value instanceof Float64) return value.value;
  if (typeof value !== 'number') throw new TypeError('Not a floating point number');
  return value;
}

/** Of all the bit patterns that are NaN Java writes one, for doubles though not for floats. */
function canonical(value: number): number {
  return Number.isNaN(value) ? Number.NaN : value;
}

/** A number while nothing is lost by it. */
export function narrowed(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

export class ShortConverter extends NumberConverter {
  static readonly className = 'org.apache.kafka.connect.converters.ShortConverter';
  protected override readonly format: NumberFormat = {
    word: 'short',
    size: 2,
    schema: Schemas.OPTIONAL_INT16,
    write: (value) => buffer(2, (target) => target.writeInt16BE(integral(value))),
    read: (bytes) => bytes.readInt16BE(),
  };
}

export class IntegerConverter extends NumberConverter {
  static readonly className = 'org.apache.kafka.connect.converters.IntegerConverter';
  protected override readonly format: NumberFormat = {
    word: 'integer',
    size: 4,
    schema: Schemas.OPTIONAL_INT32,
    write: (value) => buffer(4, (target) => target.writeInt32BE(integral(value))),
    read: (bytes) => bytes.readInt32BE(),
  };
}

export class LongConverter extends NumberConverter {
  static readonly className = 'org.apache.kafka.connect.converters.LongConverter';
  protected override readonly format: NumberFormat = {
    word: 'long',
    size: 8,
    schema: Schemas.OPTIONAL_INT64,
    write: (value) => buffer(8, (target) => target.writeBigInt64BE(long(value))),
    read: (bytes) => narrowed(bytes.readBigInt64BE()),
  };
}

export class FloatConverter extends NumberConverter {
  static readonly className = 'org.apache.kafka.connect.converters.FloatConverter';
  protected override readonly format: NumberFormat = {
    word: 'float',
    size: 4,
    schema: Schemas.OPTIONAL_FLOAT32,
    write: (value) => buffer(4, (target) => target.writeFloatBE(floating(value))),
    read: (bytes) => bytes.readFloatBE(),
  };
}

export class DoubleConverter extends NumberConverter {
  static readonly className = 'org.apache.kafka.connect.converters.DoubleConverter';
  protected override readonly format: NumberFormat = {
    word: 'double',
    size: 8,
    schema: Schemas.OPTIONAL_FLOAT64,
    write: (value) => buffer(8, (target) => target.writeDoubleBE(canonical(floating(value)))),
    read: (bytes) => bytes.readDoubleBE(),
  };
}
