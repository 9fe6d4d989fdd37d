import { DAY_MS } from './calendar.js';
import { Decimal } from './decimal.js';
import { DataError } from './errors.js';
import { DATE_NAME, DECIMAL_NAME, TIMESTAMP_NAME, TIME_NAME } from './logical-names.js';
import type { Schema } from './schema.js';
import { SchemaBuilder } from './schema-builder.js';

/*
 * The logical types: a name and a version over a base type. `fromLogical` gives the base type's value, `toLogical` the
 * value that plugins see; both throw a DataError where schema and value do not go together.
 */

const SCALE = 'scale';

function expect(schema: Schema, name: string, kind: string): void {
  if (schema.name !== name) {
    throw new DataError(`Requested conversion of ${kind} object but the schema does not match.`);
  }
}

/** A Date holds 100 million days before and after 1970, less than Java's. */
function valid(date: Date, value: number | bigint = date.getTime(), kind = 'Timestamp'): Date {
  if (Number.isNaN(date.getTime())) throw new DataError(`${kind} ${value} is beyond what a Date can hold`);
  return date;
}

/** Exact decimals over BYTES; the parameter `scale` is part of the schema. */
export const DecimalSchema = {
  name: DECIMAL_NAME,
  builder(scale: number): SchemaBuilder {
    return SchemaBuilder.bytes().name(DECIMAL_NAME).version(1).parameter(SCALE, String(scale));
  },
  schema(scale: number): Schema {
    return this.builder(scale).build();
  },
  /** The scale that the schema prescribes. */
  scaleOf(schema: Schema): number {
    const text = schema.parameters?.get(SCALE);
    if (text === undefined) throw new DataError('Invalid Decimal schema: scale parameter not found.');
    const scale = Number(text);
    if (!/^[+-]?\d+$/.test(text) || (scale | 0) !== scale) {
      throw new DataError('Invalid scale parameter found in Decimal schema: ');
    }
    return scale;
  },
  fromLogical(schema: Schema, value: Decimal): Buffer {
    const scale = this.scaleOf(schema);
    if (value.scale !== scale) {
      throw new DataError(
        `Decimal value has mismatching scale for given Decimal schema. Schema has scale ${scale}, value has scale ${value.scale}.`,
      );
    }
    return value.toBytes();
  },
  toLogical(schema: Schema, value: Uint8Array): Decimal {
    return Decimal.fromBytes(value, this.scaleOf(schema));
  },
} as const;

/** A day without time, as days since the epoch over INT32; as a Date, midnight UTC. */
export const DateSchema = {
  name: DATE_NAME,
  SCHEMA: SchemaBuilder.int32().name(DATE_NAME).version(1).build(),
  builder(): SchemaBuilder {
    return SchemaBuilder.int32().name(DATE_NAME).version(1);
  },
  fromLogical(schema: Schema, value: Date): number {
    expect(schema, DATE_NAME, 'Date');
    if (value.getTime() % DAY_MS !== 0) {
      throw new DataError('Kafka Connect Date type should not have any time fields set to non-zero values.');
    }
    return value.getTime() / DAY_MS;
  },
  toLogical(schema: Schema, value: number): Date {
    expect(schema, DATE_NAME, 'Date');
    return valid(new Date(value * DAY_MS), value, 'Date');
  },
} as const;

/** A time of day, as milliseconds since midnight over INT32; as a Date, on 1970-01-01 UTC. */
export const TimeSchema = {
  name: TIME_NAME,
  SCHEMA: SchemaBuilder.int32().name(TIME_NAME).version(1).build(),
  builder(): SchemaBuilder {
    return SchemaBuilder.int32().name(TIME_NAME).version(1);
  },
  fromLogical(schema: Schema, value: Date): number {
    expect(schema, TIME_NAME, 'Time');
    const ms = value.getTime();
    if (ms < 0 || ms > DAY_MS) {
      throw new DataError('Kafka Connect Time type should not have any date fields set to non-zero values.');
    }
    return ms;
  },
  toLogical(schema: Schema, value: number): Date {
    expect(schema, TIME_NAME, 'Date'); // the reference names the wrong type here too
    if (value < 0 || value > DAY_MS) {
      throw new DataError('Time values must use number of milliseconds greater than 0 and less than 86400000');
    }
    return new Date(value);
  },
} as const;

/** A moment, as milliseconds since the epoch over INT64. */
export const TimestampSchema = {
  name: TIMESTAMP_NAME,
  SCHEMA: SchemaBuilder.int64().name(TIMESTAMP_NAME).version(1).build(),
  builder(): SchemaBuilder {
    return SchemaBuilder.int64().name(TIMESTAMP_NAME).version(1);
  },
  fromLogical(schema: Schema, value: Date): number {
    expect(schema, TIMESTAMP_NAME, 'Timestamp');
    return valid(value).getTime();
  },
  toLogical(schema: Schema, value: number | bigint): Date {
    expect(schema, TIMESTAMP_NAME, 'Timestamp');
    return valid(new Date(Number(value)), value);
  },
} as const;
