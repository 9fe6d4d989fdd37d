import {
  Schemas,
  javaToString,
  type Bytes,
  type Config,
  type ConfigDef,
  type ConnectValue,
  type Schema,
  type SchemaAndValue,
} from '@tributary/connect-api';
import { UTF_8, charset, type Charset } from './charset.js';
import { CONVERTER_TYPE, ConverterBase } from './converter-base.js';

const ENCODING = 'converter.encoding';
const CONFIG = CONVERTER_TYPE.extend({
  [ENCODING]: {
    type: 'STRING',
    default: 'UTF-8',
    importance: 'HIGH',
    width: 'MEDIUM',
    displayName: 'Encoding',
    documentation: 'The charset of the bytes, by its Java name.',
  },
});

/** Any value as its Java text (a map is `{a=1}`); reads text. Null is null both ways. */
export class StringConverter extends ConverterBase {
  static readonly className = 'org.apache.kafka.connect.storage.StringConverter';
  #charset: Charset = UTF_8;

  override config(): ConfigDef {
    return CONFIG;
  }

  protected override configured(config: Config): void {
    this.#charset = charset(config.string(ENCODING));
  }

  override fromConnectData(_topic: string, schema: Schema | null, value: ConnectValue): Bytes {
    if (value === null || value === undefined) return null;
    return this.#charset.encode(typeof value === 'string' ? value : javaToString(value, schema));
  }

  override toConnectData(_topic: string, bytes: Buffer | null): SchemaAndValue {
    return { schema: Schemas.OPTIONAL_STRING, value: bytes === null ? null : this.#charset.decode(bytes) };
  }
}
