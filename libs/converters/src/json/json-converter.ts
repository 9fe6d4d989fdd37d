import {
  DataError,
  type Bytes,
  type Config,
  type ConfigDef,
  type ConnectValue,
  type Schema,
  type SchemaAndValue,
} from '@tributary/connect-api';
import { ConverterBase } from '../converter-base.js';
import { EnvelopeReader } from './envelope-reader.js';
import { parseExactly } from './exact-parser.js';
import { JSON_CONFIG, type JsonOptions } from './json-converter-config.js';
import { JsonReaders, schemalessValue } from './json-reader.js';
import { JsonWriters } from './json-writer.js';
import { parsing, readJson, textOf, type Care } from './parse-json.js';
import { careFor } from './care.js';
import { SchemalessParser, UNREAD } from './schemaless-parser.js';
import { beginText } from './schemaless-writer.js';
import { schemaFromJson } from './schema-from-json.js';
import { schemaJson } from './schema-to-json.js';

const DEFAULTS: JsonOptions = { decimalFormat: 'BASE64', replaceNullWithDefault: true };
const NOTHING: SchemaAndValue = Object.freeze({ schema: null, value: null });

/**
 * Values as JSON text: with `schemas.enable` in the envelope `{"schema":...,"payload":...}`, else the value alone.
 *
 * Only a null without schema is null in Kafka; a null with an optional schema is the text `null` or an envelope around it.
 * Functions for writing and reading are assembled once per schema; a reader of envelopes recognizes schemas by their text.
 */
export class JsonConverter extends ConverterBase {
  static readonly className = 'org.apache.kafka.connect.json.JsonConverter';

  #schemasEnabled = true;
  #writers = new JsonWriters(DEFAULTS);
  #readers = new JsonReaders(DEFAULTS);
  #envelopes = new EnvelopeReader(this.#readers, 1000);
  #envelopeStarts = new WeakMap<Schema, string>();
  readonly #schemaless = new SchemalessParser();
  #fixed: { readonly schema: Schema | null; readonly care: Care } | undefined;

  override config(): ConfigDef {
    return JSON_CONFIG;
  }

  protected override configured(config: Config): void {
    const options: JsonOptions = {
      decimalFormat: config.string('decimal.format').toUpperCase() === 'NUMERIC' ? 'NUMERIC' : 'BASE64',
      replaceNullWithDefault: config.boolean('replace.null.with.default'),
    };
    this.#schemasEnabled = config.boolean('schemas.enable');
    this.#writers = new JsonWriters(options);
    this.#readers = new JsonReaders(options);
    this.#envelopes = new EnvelopeReader(this.#readers, config.int('schemas.cache.size'));
    this.#envelopeStarts = new WeakMap();
    const content = config.optionalString('schema.content');
    this.#fixed =
      this.#schemasEnabled && content !== undefined && content !== '' ? this.#fixedSchema(content) : undefined;
  }

  override fromConnectData(_topic: string, schema: Schema | null, value: ConnectValue): Bytes {
    if (schema === null && (value === null || value === undefined)) return null;
    beginText(this.#schemasEnabled ? 1 : 0);
    const payload = this.#writers.for(schema)(value);
    return this.#schemasEnabled ? `${this.#envelopeStart(schema)}${payload}}` : payload;
  }

  override toConnectData(_topic: string, bytes: Buffer | null): SchemaAndValue {
    if (bytes === null) return NOTHING;
    if (this.#fixed !== undefined) return this.#readPayload(bytes, this.#fixed.schema, this.#fixed.care);
    if (!this.#schemasEnabled) return { schema: null, value: this.#readSchemaless(textOf(bytes)) };
    return parsing(() => this.#envelopes.read(bytes));
  }

  #readSchemaless(text: string): ConnectValue {
    const value = this.#schemaless.read(text);
    return value === UNREAD ? parsing(() => readJson(text, 'schemaless', schemalessValue)) : value;
  }

  #readPayload(bytes: Buffer, schema: Schema | null, care: Care): SchemaAndValue {
    return { schema, value: parsing(() => readJson(textOf(bytes), care, this.#readers.for(schema))) };
  }

  #envelopeStart(schema: Schema | null): string {
    if (schema === null) return '{"schema":null,"payload":';
    let start = this.#envelopeStarts.get(schema);
    if (start === undefined) {
      start = `{"schema":${schemaJson(schema, this.#writers)},"payload":`;
      this.#envelopeStarts.set(schema, start);
    }
    return start;
  }

  #fixedSchema(content: string): { schema: Schema | null; care: Care } {
    let tree;
    try {
      tree = parseExactly(content);
    } catch (cause) {
      throw new DataError('Failed to parse schema in converter config due to serialization error: ', { cause });
    }
    const schema = schemaFromJson(tree, this.#readers);
    return { schema, care: careFor(schema) };
  }
}
