import { DataError, type ConnectValue, type Schema, type SchemaAndValue } from '@tributary/connect-api';
import { JsonNumber, isJsonObject, type JsonTree } from './json-tree.js';
import type { JsonReaders, Reader } from './json-reader.js';
import { LruCache } from './lru-cache.js';
import { readJson, textOf, type Care } from './parse-json.js';
import { careFor } from './care.js';
import { schemaFromJson } from './schema-from-json.js';

const MAX_BEGINNINGS = 8;
const CLOSING_BRACE = 0x7d;
const NOT_AN_ENVELOPE =
  'JsonConverter with schemas.enable requires "schema" and "payload" fields and may not contain additional fields. ' +
  'If you are trying to deserialize plain JSON data, set schemas.enable=false in your converter configuration.';

interface KnownSchema {
  readonly schema: Schema | null;
  readonly care: Care;
  readonly read: Reader;
}

/** The bytes of a message before its payload, and what they say. */
interface Beginning {
  readonly bytes: Buffer;
  readonly known: KnownSchema;
}

/**
 * Reads `{"schema":...,"payload":...}`. Messages of one topic begin with the same schema, letter by letter: such a
 * beginning is recognized by comparing bytes, and only the payload is decoded and parsed.
 */
export class EnvelopeReader {
  readonly #bySchemaText: LruCache<KnownSchema>;
  /** those seen last come first */
  readonly #beginnings: Beginning[] = [];

  constructor(
    readonly readers: JsonReaders,
    cacheSize: number,
  ) {
    this.#bySchemaText = new LruCache(cacheSize);
  }

  read(message: Buffer): SchemaAndValue {
    const beginning = this.#beginningOf(message);
    if (beginning !== undefined) {
      const { bytes, known } = beginning;
      const value = payload(textOf(message, bytes.length, message.length - 1), known);
      if (value !== undefined) return { schema: known.schema, value };
    }
    const text = textOf(message);
    return readJson(text, 'decimal', (tree) => this.#readWhole(text, tree));
  }

  #beginningOf(message: Buffer): Beginning | undefined {
    if (message[message.length - 1] !== CLOSING_BRACE) return undefined;
    for (let index = 0; index < this.#beginnings.length; index++) {
      const beginning = this.#beginnings[index];
      if (beginning === undefined || !startsWith(message, beginning.bytes)) continue;
      if (index > 0) this.#toFront(beginning, index);
      return beginning;
    }
    return undefined;
  }

  #readWhole(text: string, tree: JsonTree): SchemaAndValue {
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
    const beginning = `{"schema":${schemaText},"payload":`;
    if (text.startsWith(beginning)) this.#remember({ bytes: Buffer.from(beginning), known });
    return { schema: known.schema, value: known.read(tree['payload']) };
  }

  #remember(beginning: Beginning): void {
    const index = this.#beginnings.findIndex(({ bytes }) => bytes.equals(beginning.bytes));
    this.#toFront(beginning, index === -1 ? this.#beginnings.length : index);
    if (this.#beginnings.length > MAX_BEGINNINGS) this.#beginnings.pop();
  }

  #toFront(beginning: Beginning, index: number): void {
    this.#beginnings.splice(index, 1);
    this.#beginnings.unshift(beginning);
  }
}

function startsWith(message: Buffer, beginning: Buffer): boolean {
  return message.length >= beginning.length && beginning.compare(message, 0, beginning.length) === 0;
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
