import type { RecordMetadata } from '@tributary/connect-api';
import type { ClientProperties, OutgoingRecord, TransactionStream } from '../api.js';
import { KafkaConnection } from '../connection/kafka-connection.js';
import { FencedError, SendError } from '../errors.js';
import { PropertyReader } from '../properties/property-reader.js';
import { KafkaProducer } from './kafka-producer.js';
import { TransactionState } from './transaction-state.js';

const FOREVER = Number.MAX_SAFE_INTEGER;

/**
 * An ordinary producer whose batches belong to a transaction. A partition becomes part of it right before its first
 * batch, so a transaction to which nothing was sent costs nothing. An abort takes a new epoch: the broker then aborts what
 * is open and refuses whatever of it might still arrive.
 */
export class KafkaTransactionStream implements TransactionStream {
  private readonly state: TransactionState;
  private readonly producer: KafkaProducer;
  private problem: Error | undefined;

  constructor(properties: ClientProperties) {
    const reader = new PropertyReader(properties);
    const connection = new KafkaConnection(properties, { allowAutoTopicCreation: true });
    this.state = new TransactionState(connection, reader, reader.integer('max.block.ms', FOREVER));
    this.producer = new KafkaProducer(
      { ...properties, 'enable.idempotence': 'true' },
      { connection, transactional: this.state },
    );
  }

  get failure(): Error | undefined {
    return this.problem;
  }

  async open(): Promise<void> {
    await this.state.takeOver();
    this.problem = undefined;
  }

  send(
    records: readonly OutgoingRecord[],
    options?: { metadata?: boolean },
  ): Promise<readonly RecordMetadata[] | undefined> {
    this.state.identity();
    const sent = this.producer.send(records, options);
    sent.catch((error: unknown) => this.fail(error));
    return sent;
  }

  ready(): Promise<void> {
    return this.producer.ready();
  }

  async commit(): Promise<void> {
    await this.producer.flush();
    if (this.problem !== undefined) throw this.problem;
    if (!this.state.begun) return;
    try {
      await this.state.commit();
    } catch (error) {
      throw this.fail(error);
    }
  }

  async abort(): Promise<void> {
    await this.producer.flush();
    if (this.problem instanceof FencedError) throw this.problem;
    if (!this.state.begun && this.problem === undefined) return;
    try {
      await this.state.renew();
      this.problem = undefined;
    } catch (error) {
      throw this.fail(error);
    }
  }

  close(): Promise<void> {
    return this.producer.close(0);
  }

  /** Keeps the first failure, but lets the news that the id is lost win. */
  private fail(error: unknown): Error {
    const cause = error instanceof SendError && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof Error ? cause : new Error(String(cause));
    if (this.problem === undefined || (reason instanceof FencedError && !(this.problem instanceof FencedError))) {
      this.problem = reason;
    }
    return this.problem;
  }
}
