import type { RecordMetadata } from '@tributary/connect-api';
import type { KafkaErrorLike, SendFailure } from './api.js';
import { protocolError } from './protocol/error-codes.js';

export interface KafkaErrorOptions {
  readonly cause?: unknown;
  readonly retriable: boolean;
  readonly kafkaCode?: string;
  readonly referenceClass?: string;
}

/**
 * Thrown when Kafka cannot be reached, does not answer in time or refuses a request. The message names the broker, the
 * request and the cause.
 */
export class KafkaError extends Error implements KafkaErrorLike {
  readonly retriable: boolean;
  readonly kafkaCode: string | undefined;
  /** The class that the Java client throws in the same case. */
  readonly referenceClass: string;

  constructor(message: string, options: KafkaErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.retriable = options.retriable;
    this.kafkaCode = options.kafkaCode;
    this.referenceClass = options.referenceClass ?? 'org.apache.kafka.common.KafkaException';
  }

  /** The error of a protocol error code. `what` is what was asked for; `detail` the broker's own words, if it had any. */
  static fromCode(code: number, what: string, detail?: string | null): KafkaError {
    const info = protocolError(code);
    const message = `${what}: ${info.name}${detail ? `: ${detail}` : ''}`;
    return new KafkaError(message, {
      retriable: info.retriable,
      kafkaCode: info.name,
      referenceClass: info.referenceClass,
    });
  }

  /** No connection, or it was lost; whether the broker has done what was asked is not known. */
  static disconnected(message: string, cause?: unknown): KafkaError {
    const referenceClass = 'org.apache.kafka.common.errors.DisconnectException';
    return new KafkaError(message, { retriable: true, kafkaCode: 'NETWORK_EXCEPTION', referenceClass, cause });
  }

  static timeout(message: string, cause?: unknown): KafkaError {
    const referenceClass = 'org.apache.kafka.common.errors.TimeoutException';
    return new KafkaError(message, { retriable: true, kafkaCode: 'REQUEST_TIMED_OUT', referenceClass, cause });
  }
}

/** Thrown when another producer of the same transactional id has taken over: this one can never write again. */
export class FencedError extends KafkaError {
  constructor(message: string, cause?: unknown) {
    const referenceClass = 'org.apache.kafka.common.errors.ProducerFencedException';
    super(message, { retriable: false, kafkaCode: 'PRODUCER_FENCED', referenceClass, cause });
  }
}

/** Thrown when the member's generation is over: its partitions may belong to someone else by now. */
export class RebalancedError extends KafkaError {
  constructor(message: string, cause?: unknown) {
    const referenceClass = 'org.apache.kafka.clients.consumer.CommitFailedException';
    super(message, { retriable: false, kafkaCode: 'ILLEGAL_GENERATION', referenceClass, cause });
  }
}

/** Thrown when some records of a `send` were refused for good; those that are not listed are in Kafka. */
export class SendError extends Error {
  readonly failures: readonly SendFailure[];

  constructor(
    failures: readonly SendFailure[],
    total: number,
    /** where the others went, by index; undefined where that was not asked for */
    readonly metadata?: readonly (RecordMetadata | undefined)[],
  ) {
    const first = failures[0]?.error;
    super(`sending ${failures.length} of ${total} records: ${first?.message ?? 'refused'}`, { cause: first });
    this.name = 'SendError';
    this.failures = failures;
  }
}
