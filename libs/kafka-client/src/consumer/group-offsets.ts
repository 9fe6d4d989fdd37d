import type { TopicPartition, TopicPartitionOffset } from '@tributary/connect-api';
import { delay } from '../connection/delay.js';
import type { KafkaConnection } from '../connection/kafka-connection.js';
import { KafkaError, RebalancedError } from '../errors.js';
import { listOffsets } from '../fetch/list-offsets.js';
import type { MemberIdentity } from '../group/group-requests.js';
import { protocolError } from '../protocol/error-codes.js';
import type { ConsumerSettings } from './consumer-settings.js';
import { offsetCommitRequest, offsetFetchRequest } from './offset-requests.js';

/** Errors that say that the member's place in the group is gone. */
const GENERATION_OVER = new Set([
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'REBALANCE_IN_PROGRESS',
  'FENCED_INSTANCE_ID',
]);
const COORDINATOR_MOVED = new Set([
  'NOT_COORDINATOR',
  'COORDINATOR_NOT_AVAILABLE',
  'REQUEST_TIMED_OUT',
  'NETWORK_EXCEPTION',
]);

/**
 * A group's committed offsets, and where a partition without one begins. Passing errors are retried for
 * `default.api.timeout.ms`.
 */
export class GroupOffsets {
  constructor(
    private readonly connection: KafkaConnection,
    private readonly settings: ConsumerSettings,
    private readonly signal: AbortSignal,
  ) {}

  /** Throws a RebalancedError where the member is no longer of the group's generation. */
  async commit(member: MemberIdentity, offsets: readonly TopicPartitionOffset[]): Promise<void> {
    await this.retrying(async () => {
      const coordinator = await this.connection.coordinator(member.groupId);
      const answers = await this.connection.request(coordinator, offsetCommitRequest(member, offsets));
      for (const { topic, partition, errorCode } of answers) {
        if (errorCode === 0) continue;
        const what = `committing the offset of ${topic}-${partition} for group ${member.groupId}`;
        const error = KafkaError.fromCode(errorCode, what);
        // The topic was deleted: it will not come back within the time of a retry.
        if (error.kafkaCode === 'UNKNOWN_TOPIC_OR_PARTITION') {
          throw new KafkaError(error.message, { retriable: false, kafkaCode: error.kafkaCode, cause: error });
        }
        if (!GENERATION_OVER.has(protocolError(errorCode).name)) throw error;
        throw new RebalancedError(
          `${error.message}: the group has rebalanced, the partition may belong to another member`,
          error,
        );
      }
    });
  }

  /** Partitions without a committed offset are left out. */
  async committed(partitions: readonly TopicPartition[]): Promise<TopicPartitionOffset[]> {
    if (partitions.length === 0) return [];
    const { groupId } = this.settings.group;
    return this.retrying(async () => {
      const coordinator = await this.connection.coordinator(groupId);
      const answer = await this.connection.request(coordinator, offsetFetchRequest(groupId, partitions));
      for (const errorCode of [answer.errorCode, ...answer.offsets.map((each) => each.errorCode)]) {
        if (errorCode !== 0)
          throw KafkaError.fromCode(errorCode, `looking up the committed offsets of group ${groupId}`);
      }
      return answer.offsets
        .filter(({ offset }) => offset >= 0)
        .map(({ topic, partition, offset }) => ({ topic, partition, offset }));
    });
  }

  /** Where reading begins: the committed offset, else what `auto.offset.reset` says. */
  async starts(partitions: readonly TopicPartition[]): Promise<TopicPartitionOffset[]> {
    const committed = new Map(
      (await this.committed(partitions)).map((each) => [`${each.partition} ${each.topic}`, each]),
    );
    const isNew = ({ topic, partition }: TopicPartition): boolean => !committed.has(`${partition} ${topic}`);
    return [...committed.values(), ...(await this.reset(partitions.filter(isNew)))];
  }

  /** What `auto.offset.reset` says; throws where it says `none`. */
  async reset(partitions: readonly TopicPartition[]): Promise<TopicPartitionOffset[]> {
    const { reset, fetch } = this.settings;
    if (partitions.length === 0) return [];
    if (reset === 'none') {
      const names = partitions.map(({ topic, partition }) => `${topic}-${partition}`);
      throw new KafkaError(`Undefined offset with no reset policy for partitions: [${names.join(', ')}]`, {
        retriable: false,
        referenceClass: 'org.apache.kafka.clients.consumer.NoOffsetForPartitionException',
      });
    }
    return this.retrying(() => listOffsets(this.connection, partitions, reset, fetch.isolation));
  }

  private async retrying<T>(attempt: () => Promise<T>): Promise<T> {
    const { apiTimeoutMs, group } = this.settings;
    const deadline = performance.now() + apiTimeoutMs;
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof KafkaError) || !error.retriable || performance.now() >= deadline) throw error;
        if (COORDINATOR_MOVED.has(error.kafkaCode ?? '')) this.connection.forgetCoordinator(group.groupId);
        await delay(group.retryBackoffMs, this.signal);
        this.signal.throwIfAborted();
      }
    }
  }
}
