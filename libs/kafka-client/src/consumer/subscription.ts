import type { KafkaConnection } from '../connection/kafka-connection.js';
import type { GroupMember, OfferedProtocol } from '../group/group-requests.js';
import type { MemberProtocol } from '../group/membership.js';
import { assignors, type Subscriber } from './assignors.js';
import { decodeSubscription, encodeAssignment, encodeSubscription } from './consumer-protocol.js';
import type { ConsumerSettings } from './consumer-settings.js';

const INTERNAL_TOPICS = new Set(['__consumer_offsets', '__transaction_state', '__share_group_state']);

/**
 * What a consumer wants to read, and the consumer's side of the group protocol: it offers the topics that it wants and,
 * as leader, gives all partitions out. `changed` tells whether what was last told to the group is still so.
 */
export class Subscription implements MemberProtocol {
  readonly protocolType = 'consumer';
  private wanted: readonly string[] | RegExp = [];
  private offered: readonly string[] = [];
  /** As leader: the partition counts that were given out. */
  private counts: ReadonlyMap<string, number> | undefined;
  private groupTopics: readonly string[] = [];

  constructor(
    private readonly connection: KafkaConnection,
    private readonly settings: ConsumerSettings,
  ) {}

  /** An expression must match a topic's whole name. */
  set(topics: readonly string[] | RegExp): void {
    this.wanted =
      topics instanceof RegExp
        ? new RegExp(`^(?:${topics.source})$`, topics.flags.replace(/[gy]/g, ''))
        : [...new Set(topics)];
  }

  async offers(): Promise<OfferedProtocol[]> {
    this.offered = await this.topics();
    this.counts = undefined;
    const metadata = encodeSubscription(this.offered);
    return this.settings.assignors.map((name) => ({ name, metadata }));
  }

  async assign(protocolName: string, members: readonly GroupMember[]): Promise<Map<string, Buffer>> {
    const assignor = assignors.get(protocolName);
    if (assignor === undefined)
      throw new Error(`the group has chosen the assignor ${protocolName}, which was not offered`);
    const subscribers: Subscriber[] = members.map(({ memberId, instanceId, metadata }) => ({
      memberId,
      instanceId,
      topics: decodeSubscription(metadata),
    }));
    this.groupTopics = [...new Set(subscribers.flatMap(({ topics }) => topics))].toSorted();
    this.counts = await this.partitionCounts();
    const assignments = assignor(subscribers, this.counts);
    return new Map([...assignments].map(([memberId, partitions]) => [memberId, encodeAssignment(partitions)]));
  }

  /** Looks whether the topics, or as leader their partitions, are other ones than at the last join. */
  async changed(): Promise<boolean> {
    if (this.wanted instanceof RegExp && (await this.topics()).join() !== this.offered.join()) return true;
    if (this.counts === undefined) return false;
    const before = this.counts;
    const now = await this.partitionCounts();
    return now.size !== before.size || [...now].some(([topic, count]) => before.get(topic) !== count);
  }

  /** As leader: some topic that a member wants does not exist yet. */
  get incomplete(): boolean {
    return this.counts !== undefined && this.counts.size < this.groupTopics.length;
  }

  private async topics(): Promise<readonly string[]> {
    const { wanted } = this;
    if (!(wanted instanceof RegExp)) return wanted;
    const hidden = (topic: string): boolean => this.settings.excludeInternalTopics && INTERNAL_TOPICS.has(topic);
    return (await this.connection.topicNames()).filter((topic) => wanted.test(topic) && !hidden(topic)).toSorted();
  }

  private async partitionCounts(): Promise<Map<string, number>> {
    if (this.groupTopics.length === 0) return new Map();
    const create = this.settings.createTopics && !(this.wanted instanceof RegExp);
    const { topics } = await this.connection.fetchMetadata(this.groupTopics, create);
    return new Map(topics.filter((topic) => topic.errorCode === 0).map((topic) => [topic.name, topic.partitions.size]));
  }
}
