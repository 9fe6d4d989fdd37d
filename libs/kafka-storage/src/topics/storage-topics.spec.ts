import { describe, expect, it } from 'vitest';
import { internalClientProperties } from './client-properties.js';
import { storageTopics } from './storage-topics.js';

const names = { 'config.storage.topic': 'c', 'offset.storage.topic': 'o', 'status.storage.topic': 's' };

describe('storageTopics', () => {
  it("has the reference's defaults", () => {
    expect(storageTopics(names)).toEqual({
      config: { name: 'c', partitions: 1, replicationFactor: 3, configs: {} },
      offset: { name: 'o', partitions: 25, replicationFactor: 3, configs: {} },
      status: { name: 's', partitions: 5, replicationFactor: 3, configs: {} },
    });
  });

  it('takes other properties as topic configs, but no clean-up policy and no partitions for the config topic', () => {
    const topics = storageTopics({
      ...names,
      'config.storage.partitions': '4',
      'config.storage.cleanup.policy': 'delete',
      'config.storage.min.insync.replicas': '2',
      'status.storage.partitions': '-1',
      'status.storage.replication.factor': '1',
    });
    expect(topics.config).toEqual({
      name: 'c',
      partitions: 1,
      replicationFactor: 3,
      configs: { 'min.insync.replicas': '2' },
    });
    expect(topics.status).toEqual({ name: 's', partitions: -1, replicationFactor: 1, configs: {} });
  });

  it('names what is missing or wrong', () => {
    expect(() => storageTopics({})).toThrow('"config.storage.topic"');
    expect(() => storageTopics({ ...names, 'offset.storage.partitions': '0' })).toThrow(
      'Invalid value 0 for configuration offset.storage.partitions',
    );
  });
});

describe('internalClientProperties', () => {
  it('names clients after the group', () => {
    expect(internalClientProperties({ 'group.id': 'g', a: 'b' }, 'configs')).toEqual({
      a: 'b',
      'client.id': 'g-configs',
    });
    expect(internalClientProperties({ 'group.id': 'g', 'client.id': 'x' }, 'configs')).toEqual({
      'client.id': 'g-x-configs',
    });
  });
});
