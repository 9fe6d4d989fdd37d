import {
  DataError,
  Schemas,
  javaClassOf,
  type ConfigDef,
  type ConnectValue,
  type Schema,
  type SchemaAndValue,
} from '@tributary/connect-api';
import { CONVERTER_TYPE, ConverterBase } from './converter-base.js';

/** Bytes as they are. */
export class ByteArrayConverter extends ConverterBase {
  static readonly className = 'org.apache.kafka.connect.converters.ByteArrayConverter';

  override config(): ConfigDef {
    return CONVERTER_TYPE;
  }

  override fromConnectData(_topic: string, schema: Schema | null, value: ConnectValue): Uint8Array | null {
    if (schema !== null && schema.type !== 'BYTES') {
      throw new DataError(`Invalid schema type for ByteArrayConverter: ${schema.type}`);
    }
    if (value === null || value === undefined) return null;
    if (value instanceof Uint8Array) return value;
    throw new DataError(`ByteArrayConverter is not compatible with objects of type class ${javaClassOf(value)}`);
  }

  override toConnectData(_topic: string, bytes: Buffer | null): SchemaAndValue {
    return { schema: Schemas.OPTIONAL_BYTES, value: bytes };
  }
}
