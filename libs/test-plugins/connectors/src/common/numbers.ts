import type { SourceOffset } from '@tributary/connect-api';
import { JavaError } from './java-error.js';

const MAX_INT = 2n ** 31n - 1n;
const MAX_LONG = 2n ** 63n - 1n;

/** A 32-bit number; throws `NumberFormatException` for any other text or none. */
export function parseInteger(text: string | undefined): number {
  return Number(parse(text, MAX_INT));
}

/** A 64-bit number, beyond 2^53 only nearly; throws `NumberFormatException` for any other text or none. */
export function parseLong(text: string | undefined): number {
  return Number(parse(text, MAX_LONG));
}

/** Only `true`, in any case, is true. */
export function parseBoolean(text: string | undefined): boolean {
  return text?.toLowerCase() === 'true';
}

/** A number that an earlier run stored; throws a `ClassCastException` where somebody else stored another thing. */
export function storedNumber(offset: SourceOffset, field: string): number {
  const value = offset[field];
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw new TypeError(`The stored offset's ${field} is ${JSON.stringify(value)}, it has to be an integer`);
}

function parse(text: string | undefined, max: bigint): bigint {
  if (text === undefined) throw notANumber('Cannot parse null string');
  if (!/^[+-]?[0-9]+$/.test(text)) throw notANumber(`For input string: "${text}"`);
  const value = BigInt(text.replace('+', ''));
  if (value > max || value < -max - 1n) throw notANumber(`For input string: "${text}"`);
  return value;
}

function notANumber(message: string): JavaError {
  return new JavaError('java.lang.NumberFormatException', message);
}
