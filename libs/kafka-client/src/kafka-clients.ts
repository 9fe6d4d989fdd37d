import { KafkaAdmin } from './admin/kafka-admin.js';
import type { KafkaClientFactory } from './api.js';
import { KafkaConsumer } from './consumer/kafka-consumer.js';
import { KafkaGroupSession } from './group/group-session.js';
import { KafkaProducer } from './producer/kafka-producer.js';
import { KafkaTransactionalProducer } from './producer/transactional-producer.js';
import { KafkaTopicReader } from './reader/topic-reader.js';

/** Makes every kind of client. */
export const kafkaClients: KafkaClientFactory = {
  admin: (properties) => new KafkaAdmin(properties),
  producer: (properties) => new KafkaProducer(properties),
  transactionalProducer: (properties) => new KafkaTransactionalProducer(properties),
  consumer: (properties) => new KafkaConsumer(properties),
  topicReader: (properties, options) => new KafkaTopicReader(properties, options),
  groupSession: (properties, protocol) => new KafkaGroupSession(properties, protocol),
};
