import { ConfigError, ConnectError } from '@tributary/connect-api';
import type { Admin, KafkaErrorLike } from '@tributary/kafka-client';
import { loggerFor } from '@tributary/observability';
import type { Clock } from '../clock.js';

/** One of the three topics that hold the cluster's state. */
export interface InternalTopic {
  readonly name: string;
  readonly partitions: number;
  /** -1: the broker's default */
  readonly replicationFactor: number;
  /** more topic configs, used when the topic is created */
  readonly configs: Readonly<Record<string, string>>;
}

export type TopicRole = 'config' | 'offset' | 'status';

/** What making and checking a topic takes. */
export type TopicAdmin = Pick<Admin, 'partitionCounts' | 'createTopic' | 'topicConfigs'>;

const CONTENT: Readonly<Record<TopicRole, string>> = {
  config: 'connector configurations',
  offset: 'source connector offsets',
  status: 'connector and task statuses',
};

/** How long to go on while the cluster has too few brokers, e.g. because it is just starting. */
const REPLICATION_WAIT_MS = 60_000;
const REPLICATION_RETRY_MS = 1_000;

const log = loggerFor('storage.topics');

/**
 * Creates the topic if it is missing, compacted; checks it if it is there. Thrown ConfigErrors name the worker property
 * to change. Where this client may not look at the topic's configuration, the check is left out with a warning.
 */
export async function ensureInternalTopic(
  admin: TopicAdmin,
  role: TopicRole,
  topic: InternalTopic,
  clock: Clock,
): Promise<void> {
  if (await createdIfMissing(admin, role, topic, clock)) return;
  if (role === 'config') await checkSinglePartition(admin, topic.name);
  await checkCompacted(admin, role, topic.name);
}

async function createdIfMissing(
  admin: TopicAdmin,
  role: TopicRole,
  topic: InternalTopic,
  clock: Clock,
): Promise<boolean> {
  if ((await admin.partitionCounts([topic.name])).has(topic.name)) return false;
  const spec = { ...topic, configs: { ...topic.configs, 'cleanup.policy': 'compact' } };
  const deadline = clock.now() + REPLICATION_WAIT_MS;
  for (;;) {
    try {
      return await admin.createTopic(spec);
    } catch (error) {
      const code = kafkaCodeOf(error);
      if (code === 'TOPIC_AUTHORIZATION_FAILED' || code === 'CLUSTER_AUTHORIZATION_FAILED')
        throw new ConnectError(
          `${propertyOf(role)}: topic '${topic.name}' does not exist and may not be created by this client`,
          {
            cause: error,
          },
        );
      if (code !== 'INVALID_REPLICATION_FACTOR')
        throw new ConnectError(`${propertyOf(role)}: creating topic '${topic.name}': ${messageOf(error)}`, {
          cause: error,
        });
      const problem =
        `${role}.storage.replication.factor is ${topic.replicationFactor}, more than the cluster has brokers now: ` +
        `creating topic '${topic.name}': ${messageOf(error)}`;
      if (clock.now() >= deadline) throw new ConfigError(problem, { cause: error });
      log.warn({ topic: topic.name }, `${problem}; trying again`);
      await clock.sleep(REPLICATION_RETRY_MS);
    }
  }
}

async function checkSinglePartition(admin: TopicAdmin, topic: string): Promise<void> {
  const partitions = (await admin.partitionCounts([topic])).get(topic) ?? 1;
  if (partitions === 1) return;
  throw new ConfigError(
    `Topic '${topic}' supplied via the '${propertyOf('config')}' property is required to have a single partition in order to ` +
      `guarantee consistency of connector configurations, but found ${partitions} partitions.`,
  );
}

async function checkCompacted(admin: TopicAdmin, role: TopicRole, topic: string): Promise<void> {
  const policy = (await admin.topicConfigs(topic))?.get('cleanup.policy');
  if (policy === undefined) {
    log.warn(
      { topic },
      `cannot see the cleanup.policy of topic '${topic}'; it must be compact, or ${CONTENT[role]} get lost`,
    );
    return;
  }
  if (policy === 'compact') return;
  const [property, content] = [propertyOf(role), CONTENT[role]];
  throw new ConfigError(
    `Topic '${topic}' supplied via the '${property}' property is required to have 'cleanup.policy=compact' to guarantee ` +
      `consistency and durability of ${content}, but found the topic currently has 'cleanup.policy=${policy}'. ` +
      `Continuing would likely result in eventually losing ${content} and problems restarting this Connect cluster in the ` +
      `future. Change the '${property}' property in the Connect worker configurations to use a topic with ` +
      `'cleanup.policy=compact'.`,
  );
}

const propertyOf = (role: TopicRole): string => `${role}.storage.topic`;
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The broker's name for the error; undefined where it is none of the clients' errors. */
export function kafkaCodeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as Partial<KafkaErrorLike>).kafkaCode : undefined;
}
