import type { KafkaConnection } from '../connection/kafka-connection.js';
import type { KafkaRequest, Target } from '../connection/request.js';
import { KafkaError } from '../errors.js';
import { ByteReader } from '../protocol/byte-reader.js';
import { ByteWriter } from '../protocol/byte-writer.js';

/** What the broker knows a producer by. Sequences count from 0 in each partition for each identity. */
export interface ProducerIdentity {
  readonly producerId: bigint;
  readonly epoch: number;
}

interface InitAnswer extends ProducerIdentity {
  readonly errorCode: number;
}

export interface InitOptions {
  readonly transactionalId: string | null;
  readonly transactionTimeoutMs: number;
  /** the identity so far: the broker refuses if another producer has taken the transactional id over since */
  readonly expected?: ProducerIdentity | undefined;
}

/**
 * InitProducerId Request (version 4, flexible) => transactional_id transaction_timeout_ms producer_id producer_epoch
 * Response => throttle_time_ms error_code producer_id producer_epoch
 */
function initProducerIdRequest(options: InitOptions): KafkaRequest<InitAnswer> {
  return {
    apiKey: 22,
    apiVersion: 4,
    name: 'InitProducerId',
    flexible: true,
    encode: () =>
      new ByteWriter()
        .compactNullableString(options.transactionalId)
        .int32(options.transactionTimeoutMs)
        .bigint64(options.expected?.producerId ?? -1n)
        .int16(options.expected?.epoch ?? -1)
        .int8(0)
        .result(),
    decode: (body) => {
      const reader = new ByteReader(body);
      reader.int32();
      return { errorCode: reader.int16(), producerId: reader.bigint64(), epoch: reader.int16() };
    },
  };
}

/** One attempt; throws a KafkaError with the broker's code. */
export async function initProducerId(
  connection: KafkaConnection,
  target: Target,
  options: InitOptions,
): Promise<ProducerIdentity> {
  const { errorCode, producerId, epoch } = await connection.request(target, initProducerIdRequest(options));
  if (errorCode === 0) return { producerId, epoch };
  const whose = options.transactionalId === null ? '' : ` for transactional id ${options.transactionalId}`;
  throw KafkaError.fromCode(errorCode, `getting a producer id${whose}`);
}
