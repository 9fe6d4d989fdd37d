import type { TopicPartition } from '@tributary/connect-api';
import type { KafkaConnection } from '../connection/kafka-connection.js';
import { retrying } from '../connection/retrying.js';
import { FencedError, KafkaError } from '../errors.js';
import { initProducerId, type ProducerIdentity } from './producer-identity.js';
import { addPartitionsRequest, commitRequest } from './transaction-requests.js';

/** What the broker answers while the transaction before is being finished: a matter of a few ms. */
const STILL_FINISHING = 'CONCURRENT_TRANSACTIONS';
const LONGEST_PAUSE_MS = 20;
const FENCED = ['PRODUCER_FENCED', 'INVALID_PRODUCER_EPOCH', 'INVALID_TXN_STATE'];

/** The coordinator's side of a transactional id. Each call goes on trying for `timeoutMs` while its error may pass. */
export class TransactionCoordinator {
  constructor(
    private readonly connection: KafkaConnection,
    private readonly transactionalId: string,
    private readonly transactionTimeoutMs: number,
    private readonly timeoutMs: number,
  ) {}

  /**
   * A new identity for the transactional id. What an earlier one left open is aborted and every earlier one is fenced.
   * With `expected`, only if that is still the current one.
   */
  takeOver(expected?: ProducerIdentity): Promise<ProducerIdentity> {
    const { transactionalId, transactionTimeoutMs } = this;
    return this.ask('taking over', (node) =>
      initProducerId(this.connection, node, { transactionalId, transactionTimeoutMs, expected }),
    );
  }

  /** Makes the partitions part of the transaction, which begins with the first ones. */
  addPartitions(identity: ProducerIdentity, partitions: readonly TopicPartition[]): Promise<void> {
    return this.ask('adding partitions to the transaction of', async (node, what) => {
      const codes = await this.connection.request(
        node,
        addPartitionsRequest(this.transactionalId, identity, partitions),
      );
      // Where one is refused the others are answered OPERATION_NOT_ATTEMPTED, which is not the reason.
      const refused = codes.filter((code) => code !== 0);
      const code = refused.find((candidate) => candidate !== 55) ?? refused[0];
      if (code !== undefined) throw KafkaError.fromCode(code, what);
    });
  }

  /** Saying so again after an answer was lost is harmless. */
  commit(identity: ProducerIdentity): Promise<void> {
    return this.ask('committing the transaction of', async (node, what) => {
      const code = await this.connection.request(node, commitRequest(this.transactionalId, identity));
      if (code !== 0) throw KafkaError.fromCode(code, what);
    });
  }

  private async ask<T>(doing: string, attempt: (node: number, what: string) => Promise<T>): Promise<T> {
    const { connection, transactionalId, timeoutMs } = this;
    const what = `${doing} transactional id ${transactionalId}`;
    const { retryBackoffMs } = connection.settings;
    const pause = (error: KafkaError, failures: number): number =>
      error.kafkaCode === STILL_FINISHING ? Math.min(LONGEST_PAUSE_MS, 2 ** failures) : retryBackoffMs;
    try {
      return await retrying(connection, { what, timeoutMs, pauseMs: pause }, async () => {
        try {
          return await attempt(await connection.coordinator(transactionalId, 'transaction'), what);
        } catch (error) {
          const stays = error instanceof KafkaError && error.kafkaCode === STILL_FINISHING;
          if (!stays) connection.forgetCoordinator(transactionalId, 'transaction');
          throw error;
        }
      });
    } catch (error) {
      if (error instanceof KafkaError && FENCED.includes(error.kafkaCode ?? '')) {
        throw new FencedError(`${what}: another producer has taken it over, or a transaction took too long`, error);
      }
      throw error;
    }
  }
}
