import { rememberKeyOrder, isIndexKey } from '@tributary/connect-api';
import { numberOf, parseMarked } from './marked-parser.js';
import { JsonNumber, type JsonObject, type JsonTree } from './json-tree.js';

const MAX_DEPTH = 1000;
const NUMBER = /-?\d+(\.\d+)?([eE][+-]?\d+)?/y;
const BLANK = /[ \t\n\r]*/y;
/** all but quote, backslash and control characters */
const PLAIN = /[ !#-[\]-\uffff]*/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/**
 * Reads JSON as the reference does, where JavaScript's own parser does not: no number loses a digit, numbers may have
 * leading zeros, only the first value counts and what follows it is ignored. Of members with the same name the last one
 * counts, in the first one's place. With `whole`, nothing may follow. Slower than `JSON.parse`, so only for texts that need
 * it; those of which `JSON.parse` would only misread numbers take a shorter way. `refused`: `JSON.parse` threw at the text.
 */
export function parseExactly(text: string, { whole = false, refused = false } = {}): JsonTree {
  const tree = parseMarked(text, refused);
  return tree === undefined ? new ExactParser(text).document(whole) : tree;
}

class ExactParser {
  #at = 0;
  #depth = 0;

  constructor(readonly text: string) {}

  document(whole: boolean): JsonTree {
    this.#blank();
    if (this.#at >= this.text.length) return undefined;
    const value = this.#value();
    const isNumber = typeof value === 'number' || typeof value === 'bigint' || value instanceof JsonNumber;
    const blanks = this.#blank();
    if (isNumber && blanks === '' && this.#at < this.text.length) throw this.#error('a blank expected after a number');
    if (whole && this.#at < this.text.length) throw this.#error('end of text expected');
    return value;
  }

  #value(): JsonTree {
    const char = this.text[this.#at];
    switch (char) {
      case '{':
        return this.#nested(() => this.#object());
      case '[':
        return this.#nested(() => this.#array());
      case '"':
        return this.#string();
      case 't':
        return this.#word('true', true);
      case 'f':
        return this.#word('false', false);
      case 'n':
        return this.#word('null', null);
      default:
        return this.#number();
    }
  }

  #nested<T>(read: () => T): T {
    this.#depth++;
    if (this.#depth > MAX_DEPTH) throw this.#error(`more than ${MAX_DEPTH} levels of nesting`);
    this.#at++;
    this.#blank();
    const value = read();
    this.#depth--;
    return value;
  }

  #object(): JsonObject {
    const members = new Map<string, JsonTree>();
    let indexKeys = false;
    if (this.#skip('}')) return {};
    do {
      this.#blank();
      if (this.text[this.#at] !== '"') throw this.#error('a member name in double quotes expected');
      const key = this.#string();
      indexKeys ||= isIndexKey(key);
      this.#blank();
      if (!this.#skip(':')) throw this.#error("':' expected");
      this.#blank();
      members.set(key, this.#value());
      this.#blank();
    } while (this.#skip(','));
    if (!this.#skip('}')) throw this.#error("',' or '}' expected");
    const object = Object.fromEntries(members);
    if (indexKeys) rememberKeyOrder(object as Record<string, never>, [...members.keys()]);
    return object;
  }

  #array(): JsonTree[] {
    const items: JsonTree[] = [];
    if (this.#skip(']')) return items;
    do {
      this.#blank();
      items.push(this.#value());
      this.#blank();
    } while (this.#skip(','));
    if (!this.#skip(']')) throw this.#error("',' or ']' expected");
    return items;
  }

  #string(): string {
    let value = '';
    this.#at++;
    for (;;) {
      value += this.#match(PLAIN);
      const char = this.text[this.#at];
      if (char === undefined) throw this.#error('text ends inside a string');
      this.#at++;
      if (char === '"') return value;
      if (char !== '\\') throw this.#error('a control character must be written as an escape');
      value += this.#escape();
    }
  }

  #escape(): string {
    const char = this.text[this.#at++] ?? '';
    if (char === 'u') {
      const hex = this.text.slice(this.#at, this.#at + 4);
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) throw this.#error('four hexadecimal digits expected after \\u');
      this.#at += 4;
      return String.fromCharCode(Number.parseInt(hex, 16));
    }
    const escaped = ESCAPES[char];
    if (escaped === undefined) throw this.#error(`unknown escape '\\${char}'`);
    return escaped;
  }

  #number(): JsonTree {
    const text = this.#match(NUMBER);
    if (text === '') throw this.#error('a value expected');
    return numberOf(text);
  }

  #word<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.#at)) throw this.#error(`'${word}' expected`);
    this.#at += word.length;
    if (/[\w$\x80-\uffff]/.test(this.text[this.#at] ?? '')) throw this.#error(`a longer word than '${word}'`);
    return value;
  }

  #blank(): string {
    return this.#match(BLANK);
  }

  #skip(char: string): boolean {
    if (this.text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #error(problem: string): SyntaxError {
    return new SyntaxError(`Invalid JSON at character ${this.#at}: ${problem}`);
  }
}
