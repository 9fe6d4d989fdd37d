import type { ClientProperties } from '../api.js';
import { KafkaError } from '../errors.js';
import { BrokerLinks } from './broker-links.js';
import { connectionSettings, type ConnectionSettings, type HostPort } from './connection-settings.js';
import { findCoordinatorRequest, metadataRequest, type ClusterMetadata, type CoordinatorType } from './metadata.js';
import type { KafkaRequest, Lane, Target } from './request.js';
import { TopicCache } from './topic-cache.js';

const UNKNOWN_TOPIC = 3;

export interface KafkaConnectionOptions {
  /** Looking up a topic that does not exist lets the broker create it, if the broker does such things. */
  readonly allowAutoTopicCreation?: boolean;
}

/**
 * What every client stands on: reaching the brokers of one cluster, knowing who leads which partition and who
 * coordinates which group, sending requests.
 *
 * Nothing is retried here: each call makes one attempt, connecting first where that is needed, and throws a KafkaError
 * whose `retriable` says whether another attempt makes sense. The next call after a loss connects again. Answers about
 * topics and coordinators are remembered; whoever gets an error that shows them stale says so (`forgetTopic`,
 * `forgetCoordinator`).
 */
export class KafkaConnection {
  readonly settings: ConnectionSettings;
  private readonly links: BrokerLinks;
  private readonly topics: TopicCache;
  private nodes: ReadonlyMap<number, HostPort> = new Map();
  private cluster: string | undefined;
  private readonly coordinators = new Map<string, number>();

  constructor(properties: ClientProperties, options: KafkaConnectionOptions = {}) {
    this.settings = connectionSettings(properties);
    this.links = new BrokerLinks(this.settings);
    this.topics = new TopicCache(this.settings.metadataMaxAgeMs, (names) =>
      this.fetchMetadata(names, options.allowAutoTopicCreation ?? false),
    );
  }

  /** Reaches any broker and learns of the others. */
  async connect(): Promise<void> {
    await this.fetchMetadata([], false);
  }

  get closed(): boolean {
    return this.links.closed;
  }

  /** Aborted when the connection is closed: for waits that must end then. */
  get closeSignal(): AbortSignal {
    return this.links.closeSignal;
  }

  /** Closes all connections; calls that wait are rejected, later ones too. Idempotent. */
  close(): void {
    this.links.close();
  }

  /** Sends one request. Throws where it could not be sent or was not answered; error codes inside the answer are the caller's. */
  async request<T>(target: Target, request: KafkaRequest<T>, lane: Lane = 'main'): Promise<T> {
    return target === 'any' ? this.requestAny(request) : this.links.send(await this.node(target), lane, request);
  }

  /** The highest version of a request that both this client and the broker know. Connects if needed. */
  async version(target: Target, apiKey: number, name: string, ours: { min: number; max: number }): Promise<number> {
    const nodeId = target === 'any' ? await this.anyNode() : target;
    return this.links.version(await this.node(nodeId), 'main', apiKey, name, ours);
  }

  async clusterId(): Promise<string> {
    if (this.cluster === undefined) await this.connect();
    return this.cluster ?? '';
  }

  /** The node that leads a partition. Throws a retriable error where there is no such partition or no leader now. */
  async leaderOf(topic: string, partition: number): Promise<number> {
    return this.topics.knownLeader(topic, partition) ?? this.topics.leader(topic, partition);
  }

  /** The leader if it is known already. */
  knownLeader(topic: string, partition: number): number | undefined {
    return this.topics.knownLeader(topic, partition);
  }

  /** Throws a retriable UNKNOWN_TOPIC_OR_PARTITION where there is no such topic. */
  async partitionCount(topic: string): Promise<number> {
    return (await this.topics.partitions(topic)).size;
  }

  /** The number of partitions if it is known already. */
  knownPartitionCount(topic: string): number | undefined {
    return this.topics.knownPartitionCount(topic);
  }

  /** The names of all topics that this client may see, looked up now. */
  async topicNames(): Promise<string[]> {
    const { topics } = await this.fetchMetadata(null, false);
    return topics.filter((topic) => topic.errorCode === 0).map((topic) => topic.name);
  }

  /** The partition counts of those of the topics that exist, looked up now. Never creates one. */
  async partitionCounts(names: readonly string[]): Promise<Map<string, number>> {
    if (names.length === 0) return new Map();
    const { topics } = await this.fetchMetadata(names, false);
    for (const topic of topics) {
      if (topic.errorCode !== 0 && topic.errorCode !== UNKNOWN_TOPIC) {
        throw KafkaError.fromCode(topic.errorCode, `looking up topic ${topic.name}`);
      }
    }
    return new Map(topics.filter((topic) => topic.errorCode === 0).map((topic) => [topic.name, topic.partitions.size]));
  }

  /** The next question about the topic asks the broker. */
  forgetTopic(topic: string): void {
    this.topics.forget(topic);
  }

  /** The node that coordinates a group or a transactional id. */
  async coordinator(key: string, type: CoordinatorType = 'group'): Promise<number> {
    const id = `${type} ${key}`;
    const known = this.coordinators.get(id);
    if (known !== undefined) return known;
    const answer = await this.requestAny(findCoordinatorRequest(key, type));
    if (answer.errorCode !== 0) {
      throw KafkaError.fromCode(answer.errorCode, `finding the coordinator of ${type} ${key}`, answer.errorMessage);
    }
    if (!this.nodes.has(answer.nodeId)) {
      this.nodes = new Map([...this.nodes, [answer.nodeId, { host: answer.host, port: answer.port }]]);
    }
    this.coordinators.set(id, answer.nodeId);
    return answer.nodeId;
  }

  forgetCoordinator(key: string, type: CoordinatorType = 'group'): void {
    this.coordinators.delete(`${type} ${key}`);
  }

  /** Looks up topics (null: all) at any broker, and the brokers on the way. */
  async fetchMetadata(topics: readonly string[] | null, allowCreation: boolean): Promise<ClusterMetadata> {
    const metadata = await this.requestAny(metadataRequest(topics, allowCreation));
    if (metadata.nodes.size > 0) this.nodes = metadata.nodes;
    this.cluster = metadata.clusterId;
    return metadata;
  }

  private async node(nodeId: number): Promise<HostPort> {
    const known = this.nodes.get(nodeId);
    if (known !== undefined) return known;
    await this.connect();
    const found = this.nodes.get(nodeId);
    if (found !== undefined) return found;
    throw new KafkaError(`broker ${nodeId} is not in the cluster now`, {
      retriable: true,
      kafkaCode: 'BROKER_NOT_AVAILABLE',
    });
  }

  private async anyNode(): Promise<number> {
    if (this.nodes.size === 0) await this.connect();
    for (const [id, node] of this.nodes) if (this.links.hasOpen(node, 'main')) return id;
    return this.nodes.keys().next().value ?? -1;
  }

  /** Open connections first, then the known brokers, then the bootstrap servers; the first that answers. */
  private async requestAny<T>(request: KafkaRequest<T>): Promise<T> {
    let failure: KafkaError | undefined;
    for (const node of this.candidates()) {
      try {
        return await this.links.send(node, 'main', request);
      } catch (error) {
        if (!(error instanceof KafkaError) || !error.retriable || this.closed) throw error;
        failure = error;
      }
    }
    throw failure ?? new KafkaError('no broker is known', { retriable: true });
  }

  private candidates(): HostPort[] {
    const open: HostPort[] = [];
    const others: HostPort[] = [];
    const seen = new Set<string>();
    for (const node of [...this.nodes.values(), ...this.settings.bootstrap]) {
      const address = `${node.host}:${node.port}`;
      if (seen.has(address)) continue;
      seen.add(address);
      if (this.links.hasOpen(node, 'main')) open.push(node);
      else others.push(node);
    }
    return [...open, ...others];
  }
}
