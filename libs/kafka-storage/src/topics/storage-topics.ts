import { ConfigError } from '@tributary/connect-api';
import { loggerFor } from '@tributary/observability';
import type { InternalTopic, TopicRole } from './internal-topic.js';

/** Properties that say how a topic is made but are no topic configs. */
const OWN = new Set(['topic', 'partitions', 'replication.factor']);
const DEFAULT_PARTITIONS: Readonly<Record<TopicRole, number>> = { config: 1, offset: 25, status: 5 };
const DEFAULT_REPLICATION_FACTOR = 3;

const log = loggerFor('storage.topics');

/**
 * The three topics as worker properties describe them: `<role>.storage.topic`, `.partitions`, `.replication.factor`, and any
 * other `<role>.storage.*` as a topic config.
 */
export function storageTopics(
  properties: Readonly<Record<string, string>>,
): Readonly<Record<TopicRole, InternalTopic>> {
  return {
    config: storageTopic(properties, 'config'),
    offset: storageTopic(properties, 'offset'),
    status: storageTopic(properties, 'status'),
  };
}

function storageTopic(properties: Readonly<Record<string, string>>, role: TopicRole): InternalTopic {
  const prefix = `${role}.storage.`;
  const name = properties[`${prefix}topic`];
  if (name === undefined || name === '')
    throw new ConfigError(`Missing required configuration "${prefix}topic" which has no default value.`);
  const configs: Record<string, string> = {};
  for (const [property, value] of Object.entries(properties)) {
    if (!property.startsWith(prefix)) continue;
    const config = property.slice(prefix.length);
    if (config === 'cleanup.policy' || (role === 'config' && config === 'partitions'))
      log.warn(
        `${property} is ignored: topic '${name}' must be compacted${role === 'config' ? ' and have one partition' : ''}`,
      );
    else if (!OWN.has(config)) configs[config] = value;
  }
  return {
    name,
    partitions: role === 'config' ? 1 : integer(properties, `${prefix}partitions`, DEFAULT_PARTITIONS[role]),
    replicationFactor: integer(properties, `${prefix}replication.factor`, DEFAULT_REPLICATION_FACTOR),
    configs,
  };
}

function integer(properties: Readonly<Record<string, string>>, property: string, otherwise: number): number {
  const text = properties[property]?.trim();
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && (value >= 1 || value === -1)) return value;
  throw new ConfigError(`Invalid value ${text} for configuration ${property}: must be -1 or a whole number from 1 on`);
}
