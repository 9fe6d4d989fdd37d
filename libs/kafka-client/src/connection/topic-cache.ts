import { KafkaError } from '../errors.js';
import type { ClusterMetadata, PartitionMetadata, TopicMetadata } from './metadata.js';

interface CachedTopic {
  readonly partitions: ReadonlyMap<number, PartitionMetadata>;
  /** ms since the epoch */
  readonly expiresAt: number;
}

/**
 * Who leads the partitions of the topics that were asked for. An answer is used for `metadata.max.age.ms` or until it is
 * forgotten; questions that come while a look-up is under way share the next one.
 */
export class TopicCache {
  private readonly topics = new Map<string, CachedTopic>();
  private wanted = new Set<string>();
  private running: Promise<unknown> = Promise.resolve();
  private next: Promise<ReadonlyMap<string, TopicMetadata>> | undefined;

  constructor(
    private readonly maxAgeMs: number,
    private readonly fetch: (topics: readonly string[]) => Promise<ClusterMetadata>,
  ) {}

  knownLeader(topic: string, partition: number): number | undefined {
    const leader = this.cached(topic)?.partitions.get(partition)?.leader;
    return leader === undefined || leader < 0 ? undefined : leader;
  }

  knownPartitionCount(topic: string): number | undefined {
    return this.cached(topic)?.partitions.size;
  }

  async leader(topic: string, partition: number): Promise<number> {
    const found = (await this.partitions(topic, partition)).get(partition);
    const what = `looking up the leader of ${topic}-${partition}`;
    if (found === undefined) throw KafkaError.fromCode(3, what, 'the topic has no such partition');
    if (found.leader < 0) throw KafkaError.fromCode(found.errorCode === 0 ? 5 : found.errorCode, what);
    return found.leader;
  }

  /** The partitions of a topic; asks again where the leader of `partition` is wanted and not known. */
  async partitions(topic: string, partition?: number): Promise<ReadonlyMap<number, PartitionMetadata>> {
    const cached = this.cached(topic);
    if (cached !== undefined && (partition === undefined || this.knownLeader(topic, partition) !== undefined)) {
      return cached.partitions;
    }
    const found = (await this.lookUp(topic)).get(topic);
    const what = `looking up topic ${topic}`;
    if (found === undefined) throw KafkaError.fromCode(3, what);
    if (found.errorCode !== 0) throw KafkaError.fromCode(found.errorCode, what);
    return found.partitions;
  }

  forget(topic: string): void {
    this.topics.delete(topic);
  }

  private cached(topic: string): CachedTopic | undefined {
    const cached = this.topics.get(topic);
    return cached !== undefined && cached.expiresAt > Date.now() ? cached : undefined;
  }

  private lookUp(topic: string): Promise<ReadonlyMap<string, TopicMetadata>> {
    this.wanted.add(topic);
    if (this.next === undefined) {
      const settled = this.running.catch(() => undefined);
      this.next = settled.then(() => this.fetchWanted());
      this.running = this.next;
    }
    return this.next;
  }

  private async fetchWanted(): Promise<ReadonlyMap<string, TopicMetadata>> {
    const names = [...this.wanted];
    this.wanted = new Set();
    this.next = undefined;
    const { topics } = await this.fetch(names);
    const expiresAt = Date.now() + this.maxAgeMs;
    for (const topic of topics) {
      if (topic.errorCode === 0) this.topics.set(topic.name, { partitions: topic.partitions, expiresAt });
      else this.topics.delete(topic.name);
    }
    return new Map(topics.map((topic) => [topic.name, topic]));
  }
}
