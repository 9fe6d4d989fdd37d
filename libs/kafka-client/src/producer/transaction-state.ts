import { IllegalStateError } from '@tributary/connect-api';
import type { KafkaConnection } from '../connection/kafka-connection.js';
import type { PropertyReader } from '../properties/property-reader.js';
import type { PartitionQueue } from './partition-queue.js';
import type { ProducerIdentity } from './producer-identity.js';
import type { Transactional } from './sender.js';
import { TransactionCoordinator } from './transaction-coordinator.js';

/** A transactional id as one producer holds it: its identity, and the partitions of the transaction under way. */
export class TransactionState implements Transactional {
  readonly transactionalId: string;
  private readonly coordinator: TransactionCoordinator;
  private current: ProducerIdentity | undefined;
  private readonly joined = new Set<PartitionQueue>();

  /** `timeoutMs` bounds each question to the coordinator. */
  constructor(connection: KafkaConnection, reader: PropertyReader, timeoutMs: number) {
    this.transactionalId = reader.required('transactional.id');
    const transactionTimeoutMs = reader.integer('transaction.timeout.ms', 60_000);
    this.coordinator = new TransactionCoordinator(connection, this.transactionalId, transactionTimeoutMs, timeoutMs);
  }

  /** Something was written since the last end of a transaction. */
  get begun(): boolean {
    return this.joined.size > 0;
  }

  identity(): ProducerIdentity {
    if (this.current !== undefined) return this.current;
    throw new IllegalStateError(`the producer of transactional id ${this.transactionalId} is not open`);
  }

  /** Takes the id over from whoever has it; what is open is aborted. */
  async takeOver(): Promise<void> {
    this.current = await this.coordinator.takeOver();
    this.joined.clear();
  }

  /** Aborts what is open, if the id is still this producer's; throws a FencedError where it is not. */
  async renew(): Promise<void> {
    this.current = await this.coordinator.takeOver(this.identity());
    this.joined.clear();
  }

  async join(queues: readonly PartitionQueue[]): Promise<void> {
    const fresh = queues.filter((queue) => !this.joined.has(queue));
    if (fresh.length === 0) return;
    await this.coordinator.addPartitions(this.identity(), fresh);
    for (const queue of fresh) this.joined.add(queue);
  }

  async commit(): Promise<void> {
    await this.coordinator.commit(this.identity());
    this.joined.clear();
  }
}
