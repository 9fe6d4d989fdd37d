import {
  ConnectError,
  DATE_NAME,
  DataError,
  DateSchema,
  Schemas,
  TIMESTAMP_NAME,
  TIME_NAME,
  TimeSchema,
  TimestampSchema,
  javaClassOf,
  type ConnectValue,
  type Schema,
} from '@tributary/connect-api';
import { NullPointerError, ParseError } from '../record/java-errors.js';
import { numberTypeOf, safeInteger } from '../values/numbers.js';
import { DAY_MS, dayOf, timeOfDay } from '@tributary/connect-api';
import type { SimpleDateFormat } from './simple-date-format.js';

/** The forms that a time can have. */
export const TARGETS = ['string', 'unix', 'Date', 'Time', 'Timestamp'] as const;
export type TimestampForm = (typeof TARGETS)[number];

export const UNITS = ['nanoseconds', 'microseconds', 'milliseconds', 'seconds'] as const;
export type TimeUnit = (typeof UNITS)[number];

const MAX_INT64 = 2n ** 63n - 1n;
const PER_MS: Readonly<Record<Exclude<TimeUnit, 'seconds'>, bigint>> = {
  milliseconds: 1n,
  microseconds: 1000n,
  nanoseconds: 1_000_000n,
};

const SCHEMAS: Readonly<Record<TimestampForm, { readonly required: Schema; readonly optional: Schema }>> = {
  string: { required: Schemas.STRING, optional: Schemas.OPTIONAL_STRING },
  unix: { required: Schemas.INT64, optional: Schemas.OPTIONAL_INT64 },
  Date: { required: DateSchema.SCHEMA, optional: DateSchema.builder().optional().build() },
  Time: { required: TimeSchema.SCHEMA, optional: TimeSchema.builder().optional().build() },
  Timestamp: { required: TimestampSchema.SCHEMA, optional: TimestampSchema.builder().optional().build() },
};

export function targetSchema(form: TimestampForm, optional: boolean): Schema {
  return SCHEMAS[form][optional ? 'optional' : 'required'];
}

/** The form that a schema says. Throws a {@link ConnectError} for one that is not of a time. */
export function schemaForm(schema: Schema): TimestampForm {
  if (schema.name === TIMESTAMP_NAME) return 'Timestamp';
  if (schema.name === DATE_NAME) return 'Date';
  if (schema.name === TIME_NAME) return 'Time';
  if (schema.type === 'STRING') return 'string';
  if (schema.type === 'INT64') return 'unix';
  const text = `Schema{${schema.name === null ? '' : `${schema.name}:`}${schema.type}}`;
  throw new ConnectError(`Schema ${text} does not correspond to a known timestamp type format`);
}

/** The form of a value without schema, null for null. Throws a {@link DataError} for a value that is no time. */
export function inferredForm(value: ConnectValue): TimestampForm | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return 'Timestamp';
  if (typeof value === 'string') return 'string';
  if (numberTypeOf(value, null) === 'INT64') return 'unix';
  throw new DataError(`TimestampConverter does not support class ${javaClassOf(value)} objects as timestamps`);
}

/** Turns times of any form into one form. Between them a time is the milliseconds since the epoch. */
export class TimestampForms {
  constructor(
    readonly target: TimestampForm,
    private readonly format: SimpleDateFormat | undefined,
    private readonly unit: TimeUnit,
  ) {}

  /** Null stays null. Throws a {@link DataError} for a value that is not of the form. */
  convert(value: ConnectValue, schema: Schema | null, form: TimestampForm | null): ConnectValue {
    if (value === null || value === undefined || form === null) return null;
    return this.#toTarget(this.#read(value, schema, form));
  }

  #read(value: ConnectValue, schema: Schema | null, form: TimestampForm): number | bigint {
    if (form === 'string') return this.#readText(value, schema);
    if (form === 'unix') return this.#readNumber(value, schema);
    if (value instanceof Date) return value.getTime();
    throw new DataError(`Expected ${form} to be a java.util.Date, but found class ${javaClassOf(value, schema)}`);
  }

  #readText(value: ConnectValue, schema: Schema | null): number {
    if (typeof value !== 'string') {
      throw new DataError(`Expected string timestamp to be a String, but found class ${javaClassOf(value, schema)}`);
    }
    if (this.format === undefined) {
      throw new NullPointerError('the time is a text, and the property format does not say how to read it');
    }
    const ms = this.format.parse(value);
    if (ms !== undefined) return ms;
    const cause = new ParseError(`Unparseable date: "${value}"`);
    const { pattern } = this.format;
    throw new DataError(`Could not parse timestamp: value (${value}) does not match pattern (${pattern})`, { cause });
  }

  #readNumber(value: ConnectValue, schema: Schema | null): number | bigint {
    if (typeof value !== 'number' && typeof value !== 'bigint') {
      throw new DataError(`Expected Unix timestamp to be a Long, but found class ${javaClassOf(value, schema)}`);
    }
    if (this.unit === 'milliseconds') return value;
    const given = BigInt(value);
    return safeInteger(this.unit === 'seconds' ? limited(given * 1000n) : given / PER_MS[this.unit]);
  }

  #toTarget(ms: number | bigint): ConnectValue {
    switch (this.target) {
      case 'Timestamp':
        return dateOf(ms);
      case 'Date':
        return dateOf(dayOf(ms) * DAY_MS);
      case 'Time':
        return dateOf(timeOfDay(ms));
      case 'unix':
        return this.#toNumber(ms);
      case 'string':
        return this.format?.format(ms) ?? '';
    }
  }

  #toNumber(ms: number | bigint): number | bigint {
    if (this.unit === 'milliseconds') return ms;
    if (this.unit === 'seconds') return safeInteger(BigInt(ms) / 1000n);
    return safeInteger(limited(BigInt(ms) * PER_MS[this.unit]));
  }
}

/** The nearest INT64. */
function limited(value: bigint): bigint {
  if (value > MAX_INT64) return MAX_INT64;
  return value < -MAX_INT64 - 1n ? -MAX_INT64 - 1n : value;
}

/** A JavaScript Date holds 100 million days before and after 1970, less than Java's. */
function dateOf(ms: number | bigint): Date {
  const date = new Date(Number(ms));
  if (Number.isNaN(date.getTime())) throw new DataError(`Timestamp ${ms} is beyond what a Date can hold`);
  return date;
}
