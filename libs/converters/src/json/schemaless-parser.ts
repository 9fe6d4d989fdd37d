import type { ConnectValue } from '@tributary/connect-api';
import { schemalessValue } from './json-reader.js';
import { ObjectPath } from './object-path.js';
import { numberOf } from './marked-parser.js';

/** What {@link SchemalessParser} says of a text that it does not read; `null` is a value. */
export const UNREAD = Symbol('unread');

/** Texts that have any of these are not read: backslashes, and control characters, of which some are no JSON. */
const UNREADABLE = /[^ -[\]-\uffff]/;
/** Parts of a text keep all of it in memory. */
const MAX_LENGTH = 4_000;
const MAX_DEPTH = 50;
/** Once so many keys are remembered, in all places together, all are forgotten. */
const MAX_PATHS = 2_000;
/** After so many texts in a row that it could not read it takes no more. */
const MAX_FAILURES = 1_000;
/** A double keeps every number of so many digits. */
const SAFE_DIGITS = 15;
const POWERS_OF_TEN = Array.from({ length: SAFE_DIGITS + 1 }, (_, exponent) => 10 ** exponent);
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;

const QUOTE = 0x22;
const COLON = 0x3a;
const BLANK = 0x20;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const UPPER_E = 0x45;
const LOWER_E = 0x65;
const ARRAY = 0x5b;
const ARRAY_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;

/**
 * The short way to values without schema: reads plain texts in one pass, where `JSON.parse` makes objects that must be
 * checked for lost digits and made again in the order of a Java HashMap. Records look alike, so the keys of an object are
 * first compared with those of earlier ones. What is not plain, or no JSON, is left to others.
 */
export class SchemalessParser {
  #root = ObjectPath.beginning();
  /** the members of the objects that are being read, by depth */
  readonly #members: ConnectValue[][] = [];
  #text = '';
  #at = 0;
  #failures = 0;

  /** Never throws. */
  read(text: string): ConnectValue | typeof UNREAD {
    if (this.#failures >= MAX_FAILURES || text.length > MAX_LENGTH || UNREADABLE.test(text)) return UNREAD;
    if (this.#root.count >= MAX_PATHS) this.#root = ObjectPath.beginning();
    this.#text = text;
    this.#at = 0;
    try {
      const value = this.#value(this.#root, 0);
      if (this.#at !== text.length) throw UNREAD;
      this.#failures = 0;
      return value;
    } catch (error) {
      if (error !== UNREAD) throw error;
      this.#failures++;
      return UNREAD;
    }
  }

  /** `place`: where the value is */
  #value(place: ObjectPath, depth: number): ConnectValue {
    const code = this.#text.charCodeAt(this.#at);
    if (code === QUOTE) return this.#string();
    if (isDigit(code) || code === MINUS) return this.#number(code);
    if (code === OBJECT) return this.#object(place.inside, depth);
    if (code === ARRAY) return this.#array(place, depth);
    if (this.#skip('true')) return true;
    if (this.#skip('false')) return false;
    if (this.#skip('null')) return null;
    throw UNREAD;
  }

  #string(): string {
    const start = this.#at + 1;
    const end = this.#text.indexOf('"', start);
    if (end === -1) throw UNREAD;
    this.#at = end + 1;
    return this.#text.slice(start, end);
  }

  /** An integer, or a number that cannot be one as it ends with a digit behind the point that is not 0. */
  #number(first: number): ConnectValue {
    const text = this.#text;
    const start = first === MINUS ? this.#at + 1 : this.#at;
    let at = start;
    let digits = 0;
    let code = text.charCodeAt(at);
    for (; isDigit(code); code = text.charCodeAt(++at)) digits = digits * 10 + (code - ZERO);
    const whole = at - start;
    let scale = 0;
    if (code === POINT) {
      code = text.charCodeAt(++at);
      for (; isDigit(code); code = text.charCodeAt(++at)) digits = digits * 10 + (code - ZERO);
      scale = at - start - whole - 1;
      if (scale === 0 || text.charCodeAt(at - 1) === ZERO) return this.#otherNumber();
    }
    const leadingZero = whole > 1 && text.charCodeAt(start) === ZERO;
    if (whole === 0 || whole + scale > SAFE_DIGITS || leadingZero || code === LOWER_E || code === UPPER_E) {
      return this.#otherNumber();
    }
    this.#at = at;
    // Both are exact, so that the quotient is the nearest double.
    const number = digits / (POWERS_OF_TEN[scale] ?? 1);
    return first === MINUS ? 0 - number : number;
  }

  #otherNumber(): ConnectValue {
    NUMBER.lastIndex = this.#at;
    const text = NUMBER.exec(this.#text)?.[0];
    if (text === undefined) throw UNREAD;
    this.#at += text.length;
    try {
      return schemalessValue(numberOf(text));
    } catch {
      throw UNREAD;
    }
  }

  #array(place: ObjectPath, depth: number): ConnectValue[] {
    const items: ConnectValue[] = [];
    this.#begin(depth);
    if (this.#text.charCodeAt(this.#at) === ARRAY_END) {
      this.#at++;
      return items;
    }
    for (;;) {
      items.push(this.#value(place, depth + 1));
      const code = this.#next();
      if (code === ARRAY_END) return items;
      if (code !== COMMA) throw UNREAD;
      this.#blanks();
    }
  }

  #object(start: ObjectPath, depth: number): ConnectValue {
    const members = (this.#members[depth] ??= []);
    let path = start;
    let count = 0;
    this.#begin(depth);
    if (this.#text.charCodeAt(this.#at) === OBJECT_END) {
      this.#at++;
      return {};
    }
    for (;;) {
      path = this.#key(path);
      members[count++] = this.#value(path, depth + 1);
      const code = this.#next();
      if (code === OBJECT_END) return path.make(members);
      if (code !== COMMA) throw UNREAD;
    }
  }

  /** Reads a key and the colon: as it was here the last time, or as it is. */
  #key(path: ObjectPath): ObjectPath {
    const { text, next } = path.last;
    if (next !== undefined && this.#text.startsWith(text, this.#at)) {
      this.#at += text.length;
      return next;
    }
    const start = this.#at;
    this.#blanks();
    if (this.#text.charCodeAt(this.#at) !== QUOTE) throw UNREAD;
    const key = this.#string();
    if (this.#next() !== COLON) throw UNREAD;
    this.#blanks();
    const found = path.to(key);
    if (found === undefined) throw UNREAD;
    path.last = { text: this.#text.slice(start, this.#at), next: found };
    return found;
  }

  /** Steps into an array or an object. */
  #begin(depth: number): void {
    if (depth >= MAX_DEPTH) throw UNREAD;
    this.#at++;
    this.#blanks();
  }

  /** The next character that is no blank, read. */
  #next(): number {
    this.#blanks();
    return this.#text.charCodeAt(this.#at++);
  }

  #blanks(): void {
    while (this.#text.charCodeAt(this.#at) === BLANK) this.#at++;
  }

  #skip(word: string): boolean {
    if (!this.#text.startsWith(word, this.#at)) return false;
    this.#at += word.length;
    return true;
  }
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}
