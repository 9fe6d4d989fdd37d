import { ConfigError } from '@tributary/connect-api';
import { afterEach, describe, expect, it } from 'vitest';
import { StorageRig } from '../../test/storage-rig.js';
import type { Clock } from '../clock.js';
import { ensureInternalTopic } from './internal-topic.js';

let rig: StorageRig;
afterEach(() => rig.dispose());

const CONTENT = {
  config: 'connector configurations',
  offset: 'source connector offsets',
  status: 'connector and task statuses',
};

describe('internal topics', () => {
  it('are created compacted, with their partitions and configs', async () => {
    rig = new StorageRig({ 'status.storage.retention.ms': '12345', 'status.storage.partitions': '2' });
    await Promise.all([rig.config(), rig.status(), rig.offsets()]);
    const admin = rig.clients.admin(rig.properties);
    const { config, offset, status } = rig.topics;
    const counts = await admin.partitionCounts([config.name, offset.name, status.name]);
    expect([config, offset, status].map(({ name }) => counts.get(name))).toEqual([1, 3, 2]);
    const configs = await admin.topicConfigs(status.name);
    expect([configs?.get('cleanup.policy'), configs?.get('retention.ms')]).toEqual(['compact', '12345']);
    await admin.close();
  });

  it.each(['config', 'offset', 'status'] as const)('refuse a %s topic that is not compacted', async (role) => {
    rig = new StorageRig();
    const admin = rig.clients.admin(rig.properties);
    const { name } = rig.topics[role];
    await admin.createTopic({ name, partitions: 1, replicationFactor: 1, configs: { 'cleanup.policy': 'delete' } });
    await admin.close();
    const store = role === 'offset' ? rig.offsets : rig[role];
    const error: unknown = await store().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigError);
    const [property, content] = [`${role}.storage.topic`, CONTENT[role]];
    expect(error).toHaveProperty(
      'message',
      `Topic '${name}' supplied via the '${property}' property is required to have 'cleanup.policy=compact' to guarantee consistency and durability of ${content}, but found the topic currently has 'cleanup.policy=delete'. Continuing would likely result in eventually losing ${content} and problems restarting this Connect cluster in the future. Change the '${property}' property in the Connect worker configurations to use a topic with 'cleanup.policy=compact'.`,
    );
  });

  it('refuse a config topic of several partitions', async () => {
    rig = new StorageRig();
    const admin = rig.clients.admin(rig.properties);
    const { name } = rig.topics.config;
    await admin.createTopic({ name, partitions: 2, replicationFactor: 1, configs: { 'cleanup.policy': 'compact' } });
    // The broker may hear of it a moment after the controller has made it.
    await expect.poll(() => admin.partitionCounts([name])).toEqual(new Map([[name, 2]]));
    await admin.close();
    await expect(rig.config()).rejects.toThrow(
      `Topic '${name}' supplied via the 'config.storage.topic' property is required to have a single partition in order to guarantee consistency of connector configurations, but found 2 partitions.`,
    );
  });

  it('wait a minute for brokers when there are too few, then name the property', async () => {
    rig = new StorageRig({ 'config.storage.replication.factor': '3' });
    let now = 0;
    const clock: Clock = {
      now: () => now,
      sleep: async (ms) => {
        now += ms * 20;
      },
    };
    const admin = rig.clients.admin(rig.properties);
    const ensured = ensureInternalTopic(admin, 'config', rig.topics.config, clock);
    await expect(ensured).rejects.toThrow(
      /^config\.storage\.replication\.factor is 3, more than the cluster has brokers now: /,
    );
    await admin.close();
    expect(now).toBe(60_000);
  });
});
