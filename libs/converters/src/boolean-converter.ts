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
import { SerializationError } from './serialization-error.js';

/** A boolean as one byte, 0 or 1. Null is null both ways. */
export class BooleanConverter extends ConverterBase {
  static readonly className = 'org.apache.kafka.connect.converters.BooleanConverter';

  override config(): ConfigDef {
    return CONVERTER_TYPE;
  }

  override fromConnectData(_topic: string, schema: Schema | null, value: ConnectValue): Buffer | null {
    if (schema !== null && schema.type !== 'BOOLEAN') {
      throw new DataError(`Invalid schema type for BooleanConverter: ${schema.type}`);
    }
    if (value === null || value === undefined) return null;
    if (typeof value !== 'boolean') {
      throw new DataError(`BooleanConverter is not compatible with objects of type class ${javaClassOf(value)}`);
    }
    return Buffer.from([value ? 1 : 0]);
  }

  override toConnectData(_topic: string, bytes: Buffer | null): SchemaAndValue {
    const schema = Schemas.OPTIONAL_BOOLEAN;
    if (bytes === null) return { schema, value: null };
    if (bytes.length !== 1) throw failed(`Size of data received by BooleanDeserializer is not 1`);
    if (bytes[0] !== 0 && bytes[0] !== 1) throw failed(`Unexpected byte received by BooleanDeserializer: ${bytes[0]}`);
    return { schema, value: bytes[0] === 1 };
  }
}

function failed(reason: string): DataError {
  return new DataError('Failed to deserialize boolean: ', { cause: new SerializationError(reason) });
}
