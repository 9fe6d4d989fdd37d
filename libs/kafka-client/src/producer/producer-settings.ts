import { ConfigError } from '@tributary/connect-api';
import type { ClientProperties } from '../api.js';
import { PropertyReader } from '../properties/property-reader.js';
import { compressorOf, type Compressor } from '../records/encode-compression.js';

/** A producer's own properties with their defaults. Times in milliseconds, sizes in bytes. */
export interface ProducerSettings {
  readonly acks: -1 | 0 | 1;
  readonly idempotent: boolean;
  readonly batchSize: number;
  readonly maxRequestSize: number;
  readonly lingerMs: number;
  readonly requestTimeoutMs: number;
  readonly deliveryTimeoutMs: number;
  /** how long a topic or partition that does not exist is waited for */
  readonly maxBlockMs: number;
  readonly retries: number;
  readonly retryBackoffMs: number;
  readonly retryBackoffMaxMs: number;
  readonly bufferMemory: number;
  readonly metadataMaxAgeMs: number;
  readonly compress: Compressor | undefined;
  readonly ignoreKeys: boolean;
  readonly roundRobin: boolean;
}

const ROUND_ROBIN = 'org.apache.kafka.clients.producer.RoundRobinPartitioner';
const FOREVER = Number.MAX_SAFE_INTEGER;

/**
 * Defaults are those of a Connect worker's producers, not of a bare Java producer: wait for ever rather than give up,
 * idempotence only when asked for. Without `batch.size` a batch may fill the whole request, since with one request in
 * flight it holds what came in meanwhile.
 */
export function producerSettings(properties: ClientProperties): ProducerSettings {
  const reader = new PropertyReader(properties);
  const idempotent = reader.boolean('enable.idempotence', false);
  const acks = reader.oneOf('acks', ['all', '-1', '0', '1'], 'all');
  if (idempotent && (acks === '0' || acks === '1')) {
    throw new ConfigError(`Invalid value ${acks} for configuration acks: Must be all where enable.idempotence is true`);
  }
  const maxRequestSize = reader.integer('max.request.size', 1_048_576);
  return {
    acks: acks === '0' ? 0 : acks === '1' ? 1 : -1,
    idempotent,
    maxRequestSize,
    batchSize: Math.min(reader.integer('batch.size', 1_048_576), maxRequestSize),
    lingerMs: reader.integer('linger.ms', 0),
    requestTimeoutMs: reader.integer('request.timeout.ms', 30_000),
    deliveryTimeoutMs: reader.integer('delivery.timeout.ms', FOREVER),
    maxBlockMs: reader.integer('max.block.ms', FOREVER),
    retries: reader.integer('retries', FOREVER),
    retryBackoffMs: reader.integer('retry.backoff.ms', 100),
    retryBackoffMaxMs: reader.integer('retry.backoff.max.ms', 1000),
    bufferMemory: reader.integer('buffer.memory', 33_554_432),
    metadataMaxAgeMs: reader.integer('metadata.max.age.ms', 300_000),
    compress: compressorOf(reader),
    ignoreKeys: reader.boolean('partitioner.ignore.keys', false),
    roundRobin: reader.optional('partitioner.class') === ROUND_ROBIN,
  };
}
