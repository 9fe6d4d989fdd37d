import { isUtf8 } from 'node:buffer';
import { DataError } from '@tributary/connect-api';
import { parseExactly } from './exact-parser.js';
import type { JsonTree } from './json-tree.js';
import { SerializationError } from '../serialization-error.js';

/**
 * What a reader needs of numbers beyond their value as a double.
 * - schemaless: whether they are written as integers, as `1.0` is none
 * - typed: nothing, as the schema says what is a double
 * - decimal: every digit
 */
export type Care = 'schemaless' | 'typed' | 'decimal';

/**
 * Thrown by a reader that met something of which `JSON.parse` may have lost a part: an integer beyond 2^53, or keys like
 * `17`, whose order JavaScript does not keep. The text is then parsed again, exactly. No Error, as nobody else sees it.
 */
export const NEEDS_EXACT_TEXT = Symbol('needs exact text');

const EXPONENT = /\d[eE][-+]?\d+(?=[,\]}\s]|$)/;

/**
 * Parses JSON text with `JSON.parse` where that loses nothing, else exactly, and reads the result. Throws a SyntaxError;
 * with `whole` also where the value is not all of the text.
 */
export function readJson<T>(text: string, care: Care, read: (tree: JsonTree) => T, whole = false): T {
  let refused = false;
  if (numbersAreSafe(text, care)) {
    try {
      return read(JSON.parse(text) as JsonTree);
    } catch (error) {
      refused = error instanceof SyntaxError;
      if (error !== NEEDS_EXACT_TEXT && !refused) throw error;
    }
  }
  return read(parseExactly(text, { whole, refused }));
}

/** So many digits one after the other has a part of any number that is too long for the reference. */
const LONG_NUMBER = /\d{334}/;

function numbersAreSafe(text: string, care: Care): boolean {
  if (text.length > 334 && LONG_NUMBER.test(text)) return false;
  if (care === 'typed') return true;
  if (care === 'decimal') return !text.includes('.') && !EXPONENT.test(text);
  for (let dot = text.indexOf('.'); dot !== -1; dot = text.indexOf('.', dot + 1)) {
    if (mayBeIntegral(text, dot)) return false;
  }
  return !EXPONENT.test(text);
}

const ZERO = 0x30;
const NINE = 0x39;
const MANY = 6;

/**
 * Whether a number with its point at `dot` may be an integral double: `1.0`, or so near to an integer that it is rounded to
 * it, for which it needs at least 15 digits. Found inside a string it only costs time.
 */
function mayBeIntegral(text: string, dot: number): boolean {
  if (!isDigit(text.charCodeAt(dot - 1))) return false;
  const first = text.charCodeAt(dot + 1);
  let at = dot + 2;
  while (text.charCodeAt(at) === first) at++;
  if (first === ZERO && (at - dot > MANY || endsNumber(text.charCodeAt(at)))) return true;
  if (first === NINE && at - dot > MANY) return true;
  let whole = dot - 1;
  while (isDigit(text.charCodeAt(whole))) whole--;
  return isDigit(first) && dot - whole > 15 - MANY;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

/** comma, closing bracket or brace, blank, end of text */
function endsNumber(code: number): boolean {
  return code === 0x2c || code === 0x5d || code === 0x7d || code <= 0x20 || Number.isNaN(code);
}

/** The text of a part of a message; a byte order mark is dropped. Throws a {@link DataError} where it is not UTF-8. */
export function textOf(bytes: Buffer, start = 0, end = bytes.length): string {
  const text = bytes.toString('utf8', start, end);
  if (text.includes('\ufffd') && !isUtf8(bytes.subarray(start, end))) throw failed(new SyntaxError('Invalid UTF-8'));
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** Runs a parse and wraps its error (a RangeError is too deep nesting) as the reference does. */
export function parsing<T>(parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw cause instanceof SyntaxError || cause instanceof RangeError ? failed(cause) : cause;
  }
}

function failed({ message }: Error): DataError {
  const cause = new SerializationError(message);
  // Where in the parser it was tells nobody anything, and to print that takes as long as to find the error.
  cause.stack = String(cause);
  return new DataError('Converting byte[] to Kafka Connect data failed due to serialization error: ', { cause });
}
