import { DataError, type ConnectValue, type Schema, type SchemaAndValue } from '@tributary/connect-api';
import { JsonNumber, isJsonObject } from './json-tree.js';
import type { JsonReaders, Reader } from './json-reader.js';
import { LruCache } from './lru-cache.js';
import { parseExactly } from './exact-parser.js';
import { readJson, type Care } from './parse-json.js';
import { careFor } from './care.js';
import { schemaFromJson } from './schema-from-json.js';

const PREFIXES = 4;
const NOT_AN_ENVELOPE =
  'JsonConverter with schemas.enable requires "schema" and "payload" fields and may not contain additional fields. ' +
  'If you are trying to deserialize plain JSON data, set schemas.enable=false in your converter configuration.';

interface KnownSchema {
  readonly schema: Schema | null;
  readonly care: Care;
  readonly read: Reader;
}

/**
 * Reads `{"schema":...,"payload":...}`. Messages of one topic begin with the same schema, letter by letter: such a
 * beginning is recognized by comparing texts, and only the payload is parsed.
 */
export class EnvelopeReader {
  readonly #bySchemaText: LruCache<KnownSchema>;
  readonly #prefixes: { readonly prefix: string; readonly known: KnownSchema }[] = [];

  constructor(
    readonly readers: JsonReaders,
    cacheSize: number,
  ) {
    this.#bySchemaText = new LruCache(cacheSize);
  }

  read(text: string): SchemaAndValue {
    for (const { prefix, known } of this.#prefixes) {
      if (!text.startsWith(prefix) || !text.endsWith('}')) continue;
      const value = payload(text.slice(prefix.length, -1), known);
      if (value !== undefined) return { schema: known.schema, value };
    }
    return this.#readWhole(text);
  }

  #readWhole(text: string): SchemaAndValue {
    const tree = parseExactly(text);
    if (!isJsonObject(tree) || Object.keys(tree).length !== 2 || !('schema' in tree) || !('payload' in tree)) {
      throw new DataError(NOT_AN_ENVELOPE);
    }
    const schemaText = JSON.stringify(tree['schema'], withNumbers);
    let known = this.#bySchemaText.get(schemaText);
    if (known === undefined) {
      const schema = schemaFromJson(tree['schema'], this.readers);
      known = { schema, care: careFor(schema), read: this.readers.for(schema) };
      this.#bySchemaText.set(schemaText, known);
    }
    this.#remember(text, `{"schema":${schemaText},"payload":`, known);
    return { schema: known.schema, value: known.read(tree['payload']) };
  }

  #remember(text: string, prefix: string, known: KnownSchema): void {
    if (!text.startsWith(prefix)) return;
    this.#prefixes.unshift({ prefix, known });
    if (this.#prefixes.length > PREFIXES) this.#prefixes.pop();
  }
}

/** undefined where the rest of the text is not exactly one value. */
function payload(text: string, { care, read }: KnownSchema): ConnectValue {
  try {
    return readJson(text, care, read, true) ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function withNumbers(_key: string, value: unknown): unknown {
  if (value instanceof JsonNumber) return { number: value.text };
  return typeof value === 'bigint' ? { integer: value.toString() } : value;
}
