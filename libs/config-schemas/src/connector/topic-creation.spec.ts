import { describe, expect, it } from 'vitest';
import { topicCreationGroups } from './topic-creation.js';

const DEFAULTS = { 'topic.creation.default.partitions': '3', 'topic.creation.default.replication.factor': '-1' };

describe('topicCreationGroups', () => {
  it('leaves topics to the broker without topic.creation properties', () => {
    expect(topicCreationGroups({ name: 'x' })).toBeUndefined();
  });

  it('tries groups in order and the default last; exclude wins over include', () => {
    const groups = topicCreationGroups({
      ...DEFAULTS,
      'topic.creation.default.cleanup.policy': 'compact',
      'topic.creation.groups': 'logs, wide',
      'topic.creation.logs.include': 'log-.*, audit',
      'topic.creation.logs.exclude': 'log-x',
      'topic.creation.logs.retention.ms': '5',
      'topic.creation.wide.include': '.*wide',
      'topic.creation.wide.partitions': '100',
    });
    const groupOf = (topic: string) => groups?.find((group) => group.matches(topic))?.name;
    expect(['log-a', 'audit', 'audit2', 'log-x', 'log-wide', 'a-wide', 'a'].map(groupOf)).toEqual([
      'logs',
      'logs',
      'default',
      'default',
      'logs',
      'wide',
      'default',
    ]);
    expect(
      groups?.map(({ partitions, replicationFactor, configs }) => ({ partitions, replicationFactor, configs })),
    ).toEqual([
      { partitions: 3, replicationFactor: -1, configs: { 'retention.ms': '5' } },
      { partitions: 100, replicationFactor: -1, configs: {} },
      { partitions: 3, replicationFactor: -1, configs: { 'cleanup.policy': 'compact' } },
    ]);
  });

  it.each<[string, Record<string, string>, string]>([
    [
      'no partitions',
      { 'topic.creation.default.replication.factor': '1' },
      'Missing required configuration "topic.creation.default.partitions" which has no default value.',
    ],
    [
      'no partitions at all',
      { ...DEFAULTS, 'topic.creation.default.partitions': '0' },
      'Number of partitions must be positive',
    ],
    [
      'too few replicas',
      { ...DEFAULTS, 'topic.creation.default.replication.factor': '-2' },
      'Replication factor must be positive',
    ],
    [
      'a wrong pattern',
      { ...DEFAULTS, 'topic.creation.groups': 'g', 'topic.creation.g.include': '[' },
      'Syntax error in regular expression: [ of topic.creation.g.include',
    ],
  ])('refuses %s', (_what, config, message) => {
    expect(() => topicCreationGroups(config)).toThrow(message);
  });
});
