import type { TopicPartition, TopicPartitionOffset } from '@tributary/connect-api';
import type { Admin, ClientProperties, GroupDescription, TopicSpec } from '../api.js';
import { KafkaConnection } from '../connection/kafka-connection.js';
import { retrying } from '../connection/retrying.js';
import { KafkaError } from '../errors.js';
import { listOffsets } from '../fetch/list-offsets.js';
import { PropertyReader } from '../properties/property-reader.js';
import { TransactionCoordinator } from '../producer/transaction-coordinator.js';
import { protocolError } from '../protocol/error-codes.js';
import { GroupAdmin } from './group-admin.js';
import {
  createTopicRequest,
  deleteTopicRequest,
  describeTopicConfigsRequest,
  type NamedResult,
} from './topic-requests.js';

/** For transactions that nobody will begin. */
const FENCING_TRANSACTION_TIMEOUT_MS = 1;
const NOT_AUTHORIZED = ['TOPIC_AUTHORIZATION_FAILED', 'CLUSTER_AUTHORIZATION_FAILED'];

/** Every call goes on trying for `default.api.timeout.ms` while its error may pass. */
export class KafkaAdmin implements Admin {
  private readonly connection: KafkaConnection;
  private readonly groups: GroupAdmin;
  private readonly timeoutMs: number;

  constructor(properties: ClientProperties) {
    this.connection = new KafkaConnection(properties);
    this.timeoutMs = new PropertyReader(properties).integer('default.api.timeout.ms', 60_000);
    this.groups = new GroupAdmin(this.connection, this.timeoutMs);
  }

  clusterId(): Promise<string> {
    return this.keepTrying('asking for the cluster id', () => this.connection.clusterId());
  }

  createTopic(spec: TopicSpec): Promise<boolean> {
    const what = `creating topic ${spec.name}`;
    return this.keepTrying(what, async () => {
      const [result] = await this.connection.request('any', createTopicRequest(spec, this.brokerTimeoutMs));
      if (nameOf(result) === 'TOPIC_ALREADY_EXISTS') return false;
      check(result, what);
      return true;
    });
  }

  partitionCounts(topics: readonly string[]): Promise<Map<string, number>> {
    return this.keepTrying('looking up topics', () => this.connection.partitionCounts(topics));
  }

  listTopics(): Promise<string[]> {
    return this.keepTrying('listing topics', () => this.connection.topicNames());
  }

  topicConfigs(topic: string): Promise<Map<string, string> | undefined> {
    const what = `describing the configuration of topic ${topic}`;
    return this.keepTrying(what, async () => {
      const [result] = await this.connection.request('any', describeTopicConfigsRequest(topic));
      if (NOT_AUTHORIZED.includes(nameOf(result))) return undefined;
      check(result, what);
      const configs = new Map<string, string>();
      for (const { name, value } of result?.configs ?? []) if (value !== null) configs.set(name, value);
      return configs;
    });
  }

  listOffsets(
    partitions: readonly TopicPartition[],
    at: 'earliest' | 'latest',
    isolation: 'read_uncommitted' | 'read_committed' = 'read_uncommitted',
  ): Promise<TopicPartitionOffset[]> {
    return this.keepTrying('looking up offsets', () => listOffsets(this.connection, partitions, at, isolation));
  }

  describeGroup(groupId: string): Promise<GroupDescription> {
    return this.groups.describe(groupId);
  }

  groupOffsets(groupId: string): Promise<TopicPartitionOffset[]> {
    return this.groups.offsets(groupId);
  }

  alterGroupOffsets(groupId: string, offsets: readonly TopicPartitionOffset[]): Promise<void> {
    return this.groups.alterOffsets(groupId, offsets);
  }

  deleteGroupOffsets(groupId: string, partitions: readonly TopicPartition[]): Promise<void> {
    return this.groups.deleteOffsets(groupId, partitions);
  }

  deleteGroup(groupId: string): Promise<void> {
    return this.groups.delete(groupId);
  }

  async fenceProducers(transactionalIds: readonly string[]): Promise<void> {
    await Promise.all(
      transactionalIds.map((id) =>
        new TransactionCoordinator(this.connection, id, FENCING_TRANSACTION_TIMEOUT_MS, this.timeoutMs).takeOver(),
      ),
    );
  }

  deleteTopic(topic: string): Promise<void> {
    const what = `deleting topic ${topic}`;
    return this.keepTrying(what, async () => {
      const [result] = await this.connection.request('any', deleteTopicRequest(topic, this.brokerTimeoutMs));
      if (nameOf(result) !== 'UNKNOWN_TOPIC_OR_PARTITION') check(result, what);
      this.connection.forgetTopic(topic);
    });
  }

  close(): Promise<void> {
    this.connection.close();
    return Promise.resolve();
  }

  /** How long a broker may take for a change that spreads through the cluster. */
  private get brokerTimeoutMs(): number {
    return Math.min(this.timeoutMs, this.connection.settings.requestTimeoutMs);
  }

  private keepTrying<T>(what: string, attempt: () => Promise<T>): Promise<T> {
    return retrying(this.connection, { what, timeoutMs: this.timeoutMs }, attempt);
  }
}

function nameOf(result: NamedResult | undefined): string {
  return result === undefined || result.errorCode === 0 ? '' : protocolError(result.errorCode).name;
}

function check(result: NamedResult | undefined, what: string): void {
  if (result === undefined) throw new KafkaError(`${what}: the answer left it out`, { retriable: true });
  if (result.errorCode !== 0) throw KafkaError.fromCode(result.errorCode, what, result.errorMessage);
}
