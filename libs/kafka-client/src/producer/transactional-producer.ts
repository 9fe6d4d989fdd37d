import type { RecordMetadata } from '@tributary/connect-api';
import type { ClientProperties, OutgoingRecord, TransactionalProducer } from '../api.js';
import { KafkaConnection } from '../connection/kafka-connection.js';
import { FencedError, KafkaError, SendError } from '../errors.js';
import { PropertyReader } from '../properties/property-reader.js';
import { Accumulator } from './accumulator.js';
import { producerSettings } from './producer-settings.js';
import { SendCall } from './send-call.js';
import { Sender } from './sender.js';
import { TransactionState } from './transaction-state.js';

/**
 * Writes each set of records in a transaction of its own, one after the other.
 *
 * When a transaction fails, or when nobody knows whether its commit arrived, the producer asks for a new epoch of its own
 * identity before it writes again: the broker then aborts what is still open, refuses late writes of the old epoch, and
 * says so if someone else has taken the id over. It never takes the id back by itself; only `open` does.
 * `max.block.ms` bounds each step.
 */
export class KafkaTransactionalProducer implements TransactionalProducer {
  private readonly connection: KafkaConnection;
  private readonly state: TransactionState;
  private readonly sender: Sender;
  private readonly accumulator: Accumulator;
  private fenced: FencedError | undefined;
  /** the last transaction's end is not known, or its sequences are out of step */
  private unsettled = false;
  private turn: Promise<unknown> = Promise.resolve();
  private closed = false;

  constructor(properties: ClientProperties) {
    const reader = new PropertyReader(properties);
    const maxBlockMs = reader.integer('max.block.ms', 60_000);
    const given = producerSettings({ ...properties, 'enable.idempotence': 'true' });
    const deliveryTimeoutMs = Math.min(given.deliveryTimeoutMs, maxBlockMs);
    const settings = { ...given, lingerMs: 0, maxBlockMs, deliveryTimeoutMs };
    this.connection = new KafkaConnection(properties, { allowAutoTopicCreation: true });
    this.state = new TransactionState(this.connection, reader, maxBlockMs);
    this.sender = new Sender(this.connection, settings, () => undefined, this.state);
    this.accumulator = new Accumulator(this.connection, settings, this.sender, () => undefined);
  }

  open(): Promise<void> {
    return this.inTurn(async () => {
      await this.state.takeOver();
      this.fenced = undefined;
      this.unsettled = false;
    });
  }

  transact(records: readonly OutgoingRecord[]): Promise<readonly RecordMetadata[]> {
    return this.inTurn(() => this.run(records));
  }

  async close(): Promise<void> {
    this.closed = true;
    const error = new KafkaError(`the producer of transactional id ${this.state.transactionalId} was closed`, {
      retriable: false,
    });
    this.accumulator.stop(error);
    this.sender.stop(error);
    this.connection.close();
    await this.turn.catch(() => undefined);
  }

  private async run(records: readonly OutgoingRecord[]): Promise<readonly RecordMetadata[]> {
    this.state.identity();
    if (this.fenced !== undefined) throw this.fenced;
    if (records.length === 0) return [];
    try {
      if (this.unsettled) await this.settle();
      const call = new SendCall(records, true);
      this.accumulator.add(call);
      const metadata = await call.promise;
      await this.commit();
      return metadata ?? [];
    } catch (error) {
      throw await this.failed(error);
    }
  }

  private async commit(): Promise<void> {
    this.unsettled = true;
    await this.state.commit();
    this.unsettled = false;
  }

  /** Aborts what the failed transaction has written, if the broker can be reached, and gives the error to throw. */
  private async failed(error: unknown): Promise<unknown> {
    const cause = error instanceof SendError ? error.cause : error;
    const fenced = cause instanceof FencedError ? cause : await this.abort(cause);
    if (fenced !== undefined) {
      this.fenced = fenced;
      return fenced;
    }
    return error;
  }

  private async abort(cause: unknown): Promise<FencedError | undefined> {
    this.unsettled = true;
    // Kafka is away: trying now would only make the caller wait twice as long.
    if (this.connection.closed || (cause instanceof KafkaError && cause.retriable)) return undefined;
    try {
      await this.settle();
      return undefined;
    } catch (error) {
      // Whatever else it is, the next transaction tries again first.
      return error instanceof FencedError ? error : undefined;
    }
  }

  private async settle(): Promise<void> {
    await this.state.renew();
    this.unsettled = false;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.turn.then(() => {
      if (!this.closed) return work();
      throw new KafkaError(`the producer of transactional id ${this.state.transactionalId} is closed`, {
        retriable: false,
      });
    });
    this.turn = next.catch(() => undefined);
    return next;
  }
}
