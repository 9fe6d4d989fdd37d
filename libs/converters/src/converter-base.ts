import {
  CONNECT_VERSION,
  ConfigDef,
  oneOf,
  type Bytes,
  type Config,
  type ConnectValue,
  type Converter,
  type ConverterOptions,
  type HeaderConverter,
  type Schema,
  type SchemaAndValue,
} from '@tributary/connect-api';

/** What every converter has beside its own properties; the runtime sets it. */
export const CONVERTER_TYPE = ConfigDef.define({
  'converter.type': {
    type: 'STRING',
    validator: oneOf('key', 'value', 'header'),
    importance: 'LOW',
    documentation: 'Whether the converter serves keys, values or headers.',
  },
});

type Configs = Readonly<Record<string, string>>;

/**
 * A converter that serves for keys, values and headers alike, as all of the reference's do: a header's value is converted
 * like a record's. The runtime configures the two kinds differently, which is hidden here.
 */
export abstract class ConverterBase implements Converter, HeaderConverter {
  version(): string {
    return CONNECT_VERSION;
  }

  abstract config(): ConfigDef;
  abstract fromConnectData(topic: string, schema: Schema | null, value: ConnectValue): Bytes;
  abstract toConnectData(topic: string, value: Buffer | null): SchemaAndValue;

  configure(options: ConverterOptions | Configs): void {
    const nested = options.configs;
    const [configs, isKey] =
      typeof nested === 'object' ? [nested, options.isKey === true] : [options as Configs, false];
    const type = { 'converter.type': isKey ? 'key' : typeof nested === 'object' ? 'value' : 'header' };
    this.configured(this.config().parse({ ...type, ...configs }));
  }

  fromConnectHeader(topic: string, _key: string, schema: Schema | null, value: ConnectValue): Bytes {
    return this.fromConnectData(topic, schema, value);
  }

  toConnectHeader(topic: string, _key: string, value: Buffer | null): SchemaAndValue {
    return this.toConnectData(topic, value);
  }

  /** Takes over parsed properties; nothing to do where there are none. */
  protected configured(_config: Config): void {}
}
