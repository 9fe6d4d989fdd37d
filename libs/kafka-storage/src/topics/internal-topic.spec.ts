import { describe, expect, it } from 'vitest';
import { systemClock } from '../clock.js';
import { ensureInternalTopic, type InternalTopic, type TopicAdmin } from './internal-topic.js';

const topic: InternalTopic = { name: 't', partitions: 1, replicationFactor: 1, configs: {} };
const admin = (own: Partial<TopicAdmin>): TopicAdmin => ({
  partitionCounts: async () => new Map(),
  createTopic: async () => true,
  topicConfigs: async () => new Map([['cleanup.policy', 'compact']]),
  ...own,
});
const ensure = (own: Partial<TopicAdmin>) => ensureInternalTopic(admin(own), 'config', topic, systemClock);

describe('ensureInternalTopic', () => {
  it('goes on where the topic is there but its configuration may not be seen', async () => {
    const partitionCounts = async () => new Map([['t', 1]]);
    await expect(ensure({ partitionCounts, topicConfigs: async () => undefined })).resolves.toBeUndefined();
  });

  it('checks the topic that somebody else has made in the same moment', async () => {
    const topicConfigs = async () => new Map([['cleanup.policy', 'compact,delete']]);
    await expect(ensure({ createTopic: async () => false, topicConfigs })).rejects.toThrow(
      "'cleanup.policy=compact,delete'",
    );
  });

  it('says that it may not create a missing topic', async () => {
    const createTopic = async () => {
      throw Object.assign(new Error('no'), { kafkaCode: 'TOPIC_AUTHORIZATION_FAILED' });
    };
    await expect(ensure({ createTopic })).rejects.toThrow(
      "config.storage.topic: topic 't' does not exist and may not be created by this client",
    );
  });
});
