import type { ClientProperties, IncomingRecord, KafkaClientFactory, TopicReader } from '@tributary/kafka-client';
import { systemClock, type Clock } from './clock.js';
import type { StoreOptions } from './store-options.js';
import { internalClientProperties } from './topics/client-properties.js';
import { ensureInternalTopic, type InternalTopic, type TopicRole } from './topics/internal-topic.js';

export interface OpenTopic {
  readonly clients: KafkaClientFactory;
  readonly topic: InternalTopic;
  readonly clock: Clock | undefined;
  readonly role: TopicRole;
  readonly clientProperties: Readonly<Record<'admin' | 'consumer', ClientProperties>>;
  readonly onRecords: (records: readonly IncomingRecord[]) => void;
}

/** Creates or checks the topic; a reader of its committed records, not started. */
export async function openTopic(open: OpenTopic): Promise<TopicReader> {
  const { clients, topic, clock = systemClock, clientProperties, onRecords } = open;
  const admin = clients.admin(clientProperties.admin);
  try {
    await ensureInternalTopic(admin, open.role, topic, clock);
  } finally {
    await admin.close();
  }
  return clients.topicReader(clientProperties.consumer, {
    topic: topic.name,
    isolation: 'read_committed',
    onRecords,
  });
}

/** One of the worker's topics; `clientRole` is the last part of the reader's client id. */
export function openWorkerTopic(
  { clients, properties, topic, clock }: StoreOptions,
  open: Pick<OpenTopic, 'role' | 'onRecords'> & { readonly clientRole: string },
): Promise<TopicReader> {
  const clientProperties = {
    admin: internalClientProperties(properties, 'shared-admin'),
    consumer: internalClientProperties(properties, open.clientRole),
  };
  return openTopic({ ...open, clients, topic, clock, clientProperties });
}
