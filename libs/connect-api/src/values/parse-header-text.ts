import { DataError } from '../errors.js';
import { SchemaBuilder } from '../schema-builder.js';
import type { SchemaAndValue } from '../schema.js';
import { Schemas } from '../schemas.js';
import { CommonSchema, aligned } from './common-schema.js';
import { parseNumber } from './number-text.js';
import { parseTemporal } from './temporal-text.js';
import { Tokens, trimmed } from './tokens.js';

const NULL: SchemaAndValue = Object.freeze({ schema: null, value: null });

/**
 * Guesses what a header's text stands for: null, a boolean, a number, a date or time, a list, a map; whatever does not
 * parse is text. The inverse of `headerText` but for types that look alike.
 */
export function parseHeaderText(text: string): SchemaAndValue {
  if (text === '') return { schema: Schemas.STRING, value: text };
  return new HeaderTextParser(text).parse(false) ?? NULL;
}

class HeaderTextParser {
  readonly #tokens: Tokens;

  constructor(readonly text: string) {
    this.#tokens = new Tokens(text);
  }

  /** The next value; null stands for null. `embedded`: inside a list or map, where text must be quoted. */
  parse(embedded: boolean): SchemaAndValue | null {
    const tokens = this.#tokens;
    if (!tokens.hasNext()) return null;
    if (embedded && tokens.accept('"')) return this.#quoted();
    if (this.#literal(embedded, 'null')) return null;
    if (this.#literal(embedded, 'true')) return { schema: Schemas.BOOLEAN, value: true };
    if (this.#literal(embedded, 'false')) return { schema: Schemas.BOOLEAN, value: false };
    const start = tokens.mark();
    try {
      if (tokens.accept('[')) return this.#list();
      if (tokens.accept('{')) return this.#map();
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      tokens.rewind(start);
    }
    const token = tokens.next();
    const word = trimmed(token);
    return word === '' ? { schema: Schemas.STRING, value: token } : this.#word(embedded, word);
  }

  /** A literal; outside of lists and maps it must be all there is. */
  #literal(embedded: boolean, literal: string): boolean {
    const start = this.#tokens.mark();
    if (this.#tokens.accept(literal) && (embedded || !this.#tokens.hasNext())) return true;
    this.#tokens.rewind(start);
    return false;
  }

  #word(embedded: boolean, word: string): SchemaAndValue {
    const startsWithDigit = /^\p{Nd}/u.test(word);
    const temporal = startsWithDigit ? this.#temporal(word) : undefined;
    if (temporal !== undefined) return temporal;
    const number = startsWithDigit || /^[+-]/.test(word) ? parseNumber(word) : undefined;
    if (number !== undefined) return number;
    if (embedded) throw new DataError('Failed to parse embedded value');
    return { schema: Schemas.STRING, value: this.text };
  }

  /** Colons are delimiters, so that a time may come as five tokens. */
  #temporal(word: string): SchemaAndValue | undefined {
    const start = this.#tokens.mark();
    const rest = this.#tokens.nextJoined(4);
    const joined = rest === undefined ? undefined : parseTemporal(word + rest);
    if (joined !== undefined) return joined;
    this.#tokens.rewind(start);
    return parseTemporal(word);
  }

  #quoted(): SchemaAndValue {
    let content = '';
    while (this.#tokens.hasNext() && !this.#tokens.accept('"')) content += this.#tokens.next();
    return parseTemporal(content) ?? { schema: Schemas.STRING, value: content };
  }

  #list(): SchemaAndValue {
    const items: (SchemaAndValue | null)[] = [];
    const common = new CommonSchema();
    while (this.#tokens.hasNext()) {
      if (this.#tokens.accept(']')) {
        const schema = common.schema;
        return { schema: SchemaBuilder.array(schema).build(), value: items.map((item) => aligned(schema, item)) };
      }
      if (this.#tokens.accept(',')) throw new DataError(`Unable to parse an empty array element: ${this.text}`);
      const item = this.parse(true);
      common.merge(item);
      items.push(item);
      const end = this.#tokens.mark();
      if (this.#tokens.accept(']')) this.#tokens.rewind(end);
      else if (!this.#tokens.accept(',')) throw new DataError("Array elements missing ',' delimiter");
    }
    throw new DataError(`Array is missing terminating ']': ${this.text}`);
  }

  #map(): SchemaAndValue {
    const entries: Entry[] = [];
    const [keys, values] = [new CommonSchema(), new CommonSchema()];
    while (this.#tokens.hasNext()) {
      if (this.#tokens.accept('}')) return mapOf(entries, keys, values);
      if (this.#tokens.accept(',')) {
        throw new DataError(`Unable to parse a map entry with no key or value: ${this.text}`);
      }
      const key = this.parse(true);
      if (key === null || key.value === null) throw new DataError(`Map entry may not have a null key: ${this.text}`);
      if (!this.#tokens.accept(':')) throw new DataError(`Map entry is missing ':': ${this.text}`);
      const value = this.parse(true);
      entries.push([key, value]);
      this.#tokens.accept(',');
      keys.merge(key);
      values.merge(value);
    }
    throw new DataError(`Map is missing terminating '}': ${this.text}`);
  }
}

type Entry = readonly [key: SchemaAndValue, value: SchemaAndValue | null];

function mapOf(entries: readonly Entry[], keys: CommonSchema, values: CommonSchema): SchemaAndValue {
  const keySchema = keys.schema;
  const valueSchema = keySchema === null ? null : values.schema;
  const distinct = new Map(entries.map((entry) => [entry[0].value, entry]));
  const value = [...distinct.values()].map(
    ([key, member]) => [aligned(keySchema, key), aligned(valueSchema, member)] as const,
  );
  return { schema: SchemaBuilder.map(keySchema, valueSchema).build(), value: new Map(value) };
}
