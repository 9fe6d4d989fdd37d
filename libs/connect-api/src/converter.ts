import type { ConfigDef } from './config-def.js';
import type { ConnectRecord } from './record.js';
import type { ConnectValue, Schema, SchemaAndValue } from './schema.js';

/** Serialized form: a string stands for its UTF-8 bytes and saves a copy; null is Kafka's null (a tombstone as value). */
export type Bytes = string | Uint8Array | null;

export interface ConverterOptions {
  /** the properties below the converter's prefix, e.g. `schemas.enable` */
  readonly configs: Readonly<Record<string, string>>;
  readonly isKey: boolean;
}

/** Translates keys or values between Connect's form and bytes. Synchronous; a throw counts as an error of its stage. */
export interface Converter {
  version?(): string;
  config(): ConfigDef;
  configure(options: ConverterOptions): void;
  fromConnectData(topic: string, schema: Schema | null, value: ConnectValue): Bytes;
  toConnectData(topic: string, value: Buffer | null): SchemaAndValue;
}

/** Translates header values. */
export interface HeaderConverter {
  version?(): string;
  config(): ConfigDef;
  configure(configs: Readonly<Record<string, string>>): void;
  fromConnectHeader(topic: string, key: string, schema: Schema | null, value: ConnectValue): Bytes;
  toConnectHeader(topic: string, key: string, value: Buffer | null): SchemaAndValue;
}

/** Changes one record; null drops it. Synchronous. */
export interface Transformation<R extends ConnectRecord = ConnectRecord> {
  version?(): string;
  config(): ConfigDef;
  configure(configs: Readonly<Record<string, string>>): void;
  apply(record: R): R | null;
  close?(): void;
}

/** Decides whether a transformation applies to a record. Synchronous. */
export interface Predicate<R extends ConnectRecord = ConnectRecord> {
  version?(): string;
  config(): ConfigDef;
  configure(configs: Readonly<Record<string, string>>): void;
  test(record: R): boolean;
  close?(): void;
}
