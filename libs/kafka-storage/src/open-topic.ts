import type { IncomingRecord, TopicReader } from '@tributary/kafka-client';
import { systemClock } from './clock.js';
import type { StoreOptions } from './store-options.js';
import { internalClientProperties } from './topics/client-properties.js';
import { ensureInternalTopic, type TopicRole } from './topics/internal-topic.js';

export interface OpenTopic {
  readonly role: TopicRole;
  /** last part of the client id */
  readonly clientRole: string;
  readonly onRecords: (records: readonly IncomingRecord[]) => void;
}

/** Creates or checks the topic; a reader of its committed records, not started. */
export async function openTopic(options: StoreOptions, open: OpenTopic): Promise<TopicReader> {
  const { clients, properties, topic, clock = systemClock } = options;
  const admin = clients.admin(internalClientProperties(properties, 'shared-admin'));
  try {
    await ensureInternalTopic(admin, open.role, topic, clock);
  } finally {
    await admin.close();
  }
  return clients.topicReader(internalClientProperties(properties, open.clientRole), {
    topic: topic.name,
    isolation: 'read_committed',
    onRecords: open.onRecords,
  });
}
