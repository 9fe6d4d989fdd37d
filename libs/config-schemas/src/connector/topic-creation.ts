import { ConfigDef, ConfigError, invalidValue, javaRegExp, lambda, type Config } from '@tributary/connect-api';
import { stripped } from '../properties/stripped.js';

/** How topics of one group are created. */
export interface TopicCreationGroup {
  readonly name: string;
  /** -1: the broker's default */
  readonly partitions: number;
  /** -1: the broker's default */
  readonly replicationFactor: number;
  /** topic properties */
  readonly configs: Readonly<Record<string, string>>;
  /** Whether a new topic belongs to the group. */
  matches(topic: string): boolean;
}

const PREFIX = 'topic.creation.';
const OWN_KEYS = new Set(['include', 'exclude', 'partitions', 'replication.factor']);

function positiveOrDefault(problem: string) {
  return lambda((name, value) => {
    if (value === -1 || (typeof value === 'number' && value >= 1)) return;
    throw invalidValue(name, value, `${problem}, or -1 to use the broker's default`);
  }, "positive number, or -1 to use the broker's default");
}

const partitionCount = positiveOrDefault('Number of partitions must be positive');
const replicationFactor = positiveOrDefault(
  'Replication factor must be positive and not larger than the number of brokers in the Kafka cluster',
);

function groupDefinition(
  name: string,
  base: { partitions?: number; replicationFactor?: number; include?: string },
): ConfigDef {
  const key = (suffix: string) => `${PREFIX}${name}.${suffix}`;
  const common = { importance: 'LOW', group: `Topic Creation: ${name}` } as const;
  const required = base.partitions === undefined;
  return ConfigDef.define({
    [key('include')]: {
      ...common,
      type: 'LIST',
      default: base.include ?? [],
      documentation: 'Patterns of topics in the group.',
    },
    [key('exclude')]: {
      ...common,
      type: 'LIST',
      default: [],
      documentation: 'Patterns of topics that are not; they win.',
    },
    [key('replication.factor')]: {
      ...common,
      type: 'SHORT',
      documentation: 'Replicas of each partition.',
      validator: replicationFactor,
      ...(required ? {} : { default: base.replicationFactor ?? -1 }),
    },
    [key('partitions')]: {
      ...common,
      type: 'INT',
      documentation: 'Partitions of each topic.',
      validator: partitionCount,
      ...(required ? {} : { default: base.partitions ?? -1 }),
    },
  });
}

/**
 * The groups of a source connector in the order in which they are tried, `default` last; undefined where it has no
 * `topic.creation.*` properties and leaves topics to the broker. Throws a {@link ConfigError} for a wrong one.
 */
export function topicCreationGroups(config: Readonly<Record<string, string>>): TopicCreationGroup[] | undefined {
  if (!Object.keys(config).some((name) => name.startsWith(PREFIX))) return undefined;
  const fallback = groupOf('default', groupDefinition('default', { include: '.*' }), config);
  const names = (config['topic.creation.groups'] ?? '').split(',').map((name) => name.trim());
  const groups = names
    .filter((name) => name !== '' && name !== 'default')
    .map((name) => groupOf(name, groupDefinition(name, fallback), config));
  return [...groups, { ...fallback, matches: () => true }];
}

function groupOf(name: string, definition: ConfigDef, config: Readonly<Record<string, string>>): TopicCreationGroup {
  const values = definition.parse(config);
  const include = patterns(values, `${PREFIX}${name}.include`);
  const exclude = patterns(values, `${PREFIX}${name}.exclude`);
  const others = Object.entries(stripped(config, `${PREFIX}${name}.`)).filter(([key]) => !OWN_KEYS.has(key));
  return {
    name,
    partitions: values.int(`${PREFIX}${name}.partitions`),
    replicationFactor: values.int(`${PREFIX}${name}.replication.factor`),
    configs: Object.fromEntries(others),
    matches: (topic) => include.some((each) => each.test(topic)) && !exclude.some((each) => each.test(topic)),
  };
}

/** Each must match the whole name of a topic. */
function patterns(values: Config, key: string): RegExp[] {
  return values.list(key).map((text) => {
    try {
      return javaRegExp(text, { whole: true });
    } catch (cause) {
      throw new ConfigError(`Syntax error in regular expression: ${text} of ${key}`, { cause });
    }
  });
}
