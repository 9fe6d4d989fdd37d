import {
  CONNECT_VERSION,
  ConfigDef,
  Schemas,
  headerText,
  javaUtf8Text,
  parseHeaderText,
  textOfJavaUtf8,
  type Bytes,
  type ConnectValue,
  type HeaderConverter,
  type Schema,
  type SchemaAndValue,
} from '@tributary/connect-api';

const CONFIG = ConfigDef.define({});

/** Headers as text that people can read; reading guesses the type from the text. The default for headers. */
export class SimpleHeaderConverter implements HeaderConverter {
  static readonly className = 'org.apache.kafka.connect.storage.SimpleHeaderConverter';

  version(): string {
    return CONNECT_VERSION;
  }

  config(): ConfigDef {
    return CONFIG;
  }

  configure(): void {}

  fromConnectHeader(_topic: string, _key: string, schema: Schema | null, value: ConnectValue): Bytes {
    return value === null || value === undefined ? null : javaUtf8Text(headerText(value, schema));
  }

  toConnectHeader(_topic: string, _key: string, value: Buffer | null): SchemaAndValue {
    if (value === null) return { schema: null, value: null };
    try {
      return parseHeaderText(textOfJavaUtf8(value));
    } catch {
      return { schema: Schemas.BYTES, value };
    }
  }
}
