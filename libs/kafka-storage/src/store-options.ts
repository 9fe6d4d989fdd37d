import type { ClientProperties, KafkaClientFactory } from '@tributary/kafka-client';
import type { Clock } from './clock.js';
import type { InternalTopic } from './topics/internal-topic.js';

/** What every store needs. */
export interface StoreOptions {
  readonly clients: KafkaClientFactory;
  /** the worker's properties for internal clients: `bootstrap.servers`, security, `group.id`, `client.id` */
  readonly properties: ClientProperties;
  readonly topic: InternalTopic;
  /** defaults to the system's */
  readonly clock?: Clock;
}
