import { ConnectError } from '@tributary/connect-api';
import type { TopicPartitionOffset } from '@tributary/connect-api';
import type { Admin } from '@tributary/kafka-client';
import type { SinkOffsets } from './sink-offsets.js';

/** Answers of a broker that say that the group still has members. */
const HAS_MEMBERS = ['NON_EMPTY_GROUP', 'UNKNOWN_MEMBER_ID', 'GROUP_SUBSCRIBED_TO_TOPIC'];

/** The consumer group of a sink connector's tasks, looked at and changed from outside. */
export class SinkGroup {
  constructor(
    private readonly connector: string,
    private readonly groupId: string,
    private readonly admin: Admin,
  ) {}

  offsets(): Promise<TopicPartitionOffset[]> {
    return this.admin.groupOffsets(this.groupId);
  }

  /** Everything is checked before anything is written. */
  async alter(offsets: SinkOffsets): Promise<void> {
    const wanted = [...offsets].flatMap(([at, offset]) => (offset === null ? [] : [{ ...at, offset }]));
    if (wanted.some(({ offset }) => offset < 0)) {
      throw new ConnectError(`Failed to modify offsets for sink connector ${this.connector}`, {
        cause: new RangeError('offsets of consumer groups cannot be negative'),
      });
    }
    const forgotten = [...offsets].flatMap(([at, offset]) => (offset === null ? [at] : []));
    try {
      await this.#mustExist(wanted);
      await this.admin.alterGroupOffsets(this.groupId, wanted);
      await this.admin.deleteGroupOffsets(this.groupId, forgotten);
    } catch (cause) {
      throw this.#problem('alter', cause);
    }
  }

  async reset(): Promise<void> {
    try {
      await this.admin.deleteGroup(this.groupId);
    } catch (cause) {
      throw this.#problem('reset', cause);
    }
  }

  async close(): Promise<void> {
    await this.admin.close();
  }

  /** The broker would have the client ask again and again for a partition that does not exist. */
  async #mustExist(wanted: readonly TopicPartitionOffset[]): Promise<void> {
    const counts = await this.admin.partitionCounts([...new Set(wanted.map(({ topic }) => topic))]);
    for (const { topic, partition } of wanted) {
      const count = counts.get(topic) ?? 0;
      if (partition < 0 || partition >= count) throw new ConnectError(`there is no partition ${topic}-${partition}`);
    }
  }

  #problem(verb: 'alter' | 'reset', cause: unknown): ConnectError {
    const code = typeof cause === 'object' && cause !== null && 'kafkaCode' in cause ? String(cause.kafkaCode) : '';
    const failed = `Failed to ${verb} consumer group offsets for connector ${this.connector}`;
    if (!HAS_MEMBERS.includes(code)) return new ConnectError(failed, { cause });
    return new ConnectError(
      `${failed} either because its tasks haven't stopped completely yet or the connector was resumed before the request ` +
        `to ${verb} its offsets could be successfully completed. If the connector is in a stopped state, this operation can ` +
        "be safely retried. If it doesn't eventually succeed, the Connect cluster may need to be restarted to get rid of the " +
        'zombie sink tasks.',
      { cause },
    );
  }
}
