import type { RecordMetadata } from '@tributary/connect-api';
import type { ClientProperties, OutgoingRecord, Producer } from '../api.js';
import { delay } from '../connection/delay.js';
import { KafkaConnection } from '../connection/kafka-connection.js';
import { KafkaError } from '../errors.js';
import { Accumulator } from './accumulator.js';
import { producerSettings, type ProducerSettings } from './producer-settings.js';
import { SendCall } from './send-call.js';
import { Sender, type Transactional } from './sender.js';

const CLOSE_TIMEOUT_MS = 30_000;

/** What a producer works with that writes for the owner of a transactional id. */
export interface TransactionalParts {
  readonly connection: KafkaConnection;
  readonly transactional: Transactional;
}

/**
 * Records are encoded into their partition's batch as `send` is called and go out as soon as the leader's one request in
 * flight is answered; a batch holds what has come in by then. Calls that name a topic which is not there wait for it, and
 * those after them too, as they would in the Java client.
 */
export class KafkaProducer implements Producer {
  private readonly connection: KafkaConnection;
  private readonly settings: ProducerSettings;
  private readonly sender: Sender;
  private readonly accumulator: Accumulator;
  private readonly calls = new Set<SendCall>();
  private roomWaiters: (() => void)[] = [];
  private closing: Promise<void> | undefined;

  constructor(properties: ClientProperties, parts?: TransactionalParts) {
    this.settings = producerSettings(properties);
    this.connection = parts?.connection ?? new KafkaConnection(properties, { allowAutoTopicCreation: true });
    this.sender = new Sender(this.connection, this.settings, () => this.wakeRoomWaiters(), parts?.transactional);
    this.accumulator = new Accumulator(this.connection, this.settings, this.sender, () => this.wakeRoomWaiters());
  }

  send(
    records: readonly OutgoingRecord[],
    options?: { metadata?: boolean },
  ): Promise<readonly RecordMetadata[] | undefined> {
    if (this.closing !== undefined) return Promise.reject(closedError());
    const call = new SendCall(records, options?.metadata === true);
    this.calls.add(call);
    const forget = (): boolean => this.calls.delete(call);
    call.promise.then(forget, forget);
    this.accumulator.add(call);
    return call.promise;
  }

  async ready(): Promise<void> {
    while (!this.hasRoom()) await new Promise<void>((resolve) => this.roomWaiters.push(resolve));
  }

  async flush(): Promise<void> {
    const calls = [...this.calls].map((call) => call.promise);
    await this.sender.flushUntil(Promise.allSettled(calls));
  }

  close(timeoutMs = CLOSE_TIMEOUT_MS): Promise<void> {
    this.closing ??= this.shutDown(timeoutMs);
    return this.closing;
  }

  private async shutDown(timeoutMs: number): Promise<void> {
    const done = new AbortController();
    await Promise.race([this.flush(), delay(timeoutMs, done.signal)]);
    done.abort();
    const error = closedError();
    this.accumulator.stop(error);
    this.sender.stop(error);
    this.connection.close();
    await Promise.allSettled([...this.calls].map((call) => call.promise));
    this.wakeRoomWaiters();
  }

  private hasRoom(): boolean {
    if (this.connection.closed) return true;
    return !this.accumulator.waiting && this.sender.pendingBytes < this.settings.bufferMemory;
  }

  private wakeRoomWaiters(): void {
    if (this.roomWaiters.length === 0 || !this.hasRoom()) return;
    const waiters = this.roomWaiters;
    this.roomWaiters = [];
    for (const wake of waiters) wake();
  }
}

function closedError(): KafkaError {
  return new KafkaError('the producer was closed before the records were acknowledged', {
    retriable: false,
    referenceClass: 'org.apache.kafka.common.KafkaException',
  });
}
