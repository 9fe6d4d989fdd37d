import { ConnectError } from '@tributary/connect-api';

/** Why bytes cannot be read, or a value not be written: the cause of what a converter throws. */
export class SerializationError extends ConnectError {
  override readonly referenceClass = 'org.apache.kafka.common.errors.SerializationException';
}
