import type { TopicPartition } from '@tributary/connect-api';
import type { KafkaRequest } from '../connection/request.js';
import { ByteReader } from '../protocol/byte-reader.js';
import { ByteWriter } from '../protocol/byte-writer.js';
import type { ProducerIdentity } from './producer-identity.js';

/**
 * AddPartitionsToTxn Request (version 2) => transactional_id producer_id producer_epoch [topic [partition]]
 * Response => throttle_time_ms [topic [partition error_code]]
 */
export function addPartitionsRequest(
  transactionalId: string,
  identity: ProducerIdentity,
  partitions: readonly TopicPartition[],
): KafkaRequest<number[]> {
  return {
    apiKey: 24,
    apiVersion: 2,
    name: 'AddPartitionsToTxn',
    encode: () =>
      new ByteWriter()
        .string(transactionalId)
        .bigint64(identity.producerId)
        .int16(identity.epoch)
        .array(partitions, (to, { topic, partition }) =>
          to.string(topic).array([partition], (into, number) => into.int32(number)),
        )
        .result(),
    decode: (body) => {
      const reader = new ByteReader(body);
      reader.int32();
      return reader
        .array((from) => {
          from.string();
          return from.array(() => {
            from.int32();
            return from.int16();
          });
        })
        .flat();
    },
  };
}

/**
 * EndTxn Request (version 2) => transactional_id producer_id producer_epoch committed
 * Response => throttle_time_ms error_code
 */
export function commitRequest(transactionalId: string, identity: ProducerIdentity): KafkaRequest<number> {
  return {
    apiKey: 26,
    apiVersion: 2,
    name: 'EndTxn',
    encode: () =>
      new ByteWriter()
        .string(transactionalId)
        .bigint64(identity.producerId)
        .int16(identity.epoch)
        .boolean(true)
        .result(),
    decode: (body) => {
      const reader = new ByteReader(body);
      reader.int32();
      return reader.int16();
    },
  };
}
