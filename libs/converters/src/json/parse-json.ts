import { isUtf8 } from 'node:buffer';
import { DataError } from '@tributary/connect-api';
import { parseExactly } from './exact-parser.js';
import type { JsonTree } from './json-tree.js';

/**
 * What a reader needs to know of a text beyond what `JSON.parse` keeps.
 * - schemaless: integers beyond 2^53, doubles that are integral (`1.0` is no integer), the order of keys like `17`
 * - typed: integers beyond 2^53 only, as the schema says what is a double
 * - ordered: as typed, and the order of keys
 * - decimal: as ordered, and every digit of every number
 */
export type Exactness = 'schemaless' | 'typed' | 'ordered' | 'decimal';

const LONG = String.raw`[:,[\s]-?\d{16}`;
const INDEX_KEY = String.raw`"\d+"\s*:`;
const EXPONENT = String.raw`[:,[\s]-?\d+(?:\.\d+)?[eE][+-]?\d`;
/** 1.0, and fractions so near to an integer that the double may be one */
const INTEGRAL_DOUBLE = String.raw`[:,[\s]-?(?:\d+\.(?:0+(?=[,\]}\s]|$)|0{6}|9{6})|\d{9,}\.)`;
const FRACTION = String.raw`[:,[\s]-?\d+\.`;

/** Texts in which the pattern occurs need the exact parser. Found inside a string it only costs time. */
const NEEDS_CARE: Readonly<Record<Exactness, RegExp>> = {
  schemaless: new RegExp([LONG, INDEX_KEY, EXPONENT, INTEGRAL_DOUBLE].join('|')),
  typed: new RegExp(LONG),
  ordered: new RegExp([LONG, INDEX_KEY].join('|')),
  decimal: new RegExp([LONG, INDEX_KEY, EXPONENT, FRACTION].join('|')),
};

const SHORT_INTEGER = /^(?:0|-?[1-9]\d{0,14})$/;

/**
 * Parses JSON text, fast where that loses nothing. Throws a SyntaxError; with `whole` also where the value is not all of
 * the text.
 */
export function parseJson(text: string, exactness: Exactness, whole = false): JsonTree {
  const first = text.charCodeAt(0);
  const startsWithNumber = first <= 0x39 && first !== 0x22;
  if (startsWithNumber ? SHORT_INTEGER.test(text) : !NEEDS_CARE[exactness].test(text)) {
    try {
      return JSON.parse(text) as JsonTree;
    } catch {
      return parseExactly(text, whole);
    }
  }
  return parseExactly(text, whole);
}

/** The text of a message; a byte order mark is dropped. Throws a {@link DataError} where it is not UTF-8. */
export function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (text.includes('\ufffd') && !isUtf8(bytes)) throw failed(new SyntaxError('Invalid UTF-8'));
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

function failed(cause: unknown): DataError {
  return new DataError('Converting byte[] to Kafka Connect data failed due to serialization error: ', { cause });
}
