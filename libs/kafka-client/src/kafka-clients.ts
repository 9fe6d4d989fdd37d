import { KafkaAdmin } from './admin/kafka-admin.js';
import type { ClientProperties, KafkaClientFactory } from './api.js';
import { KafkaConsumer } from './consumer/kafka-consumer.js';
import { KafkaGroupSession } from './group/group-session.js';
import { KafkaProducer } from './producer/kafka-producer.js';
import { KafkaTransactionalProducer } from './producer/transactional-producer.js';
import { KafkaTransactionStream } from './producer/transaction-stream.js';
import { warnOfUnsupported, type ClientKind } from './properties/unsupported-properties.js';
import { KafkaRangeReader } from './reader/range-reader.js';
import { KafkaTopicReader } from './reader/topic-reader.js';

/** Makes every kind of client. Throws a ConfigError where a property's value is wrong; connects at the first call. */
export const kafkaClients: KafkaClientFactory = {
  admin: (properties) => new KafkaAdmin(checked('admin', properties)),
  producer: (properties) => new KafkaProducer(checked('producer', properties)),
  transactionalProducer: (properties) => new KafkaTransactionalProducer(checked('producer', properties)),
  transactionStream: (properties) => new KafkaTransactionStream(checked('producer', properties)),
  consumer: (properties) => new KafkaConsumer(checked('consumer', properties)),
  topicReader: (properties, options) => new KafkaTopicReader(checked('consumer', properties), options),
  rangeReader: (properties, ranges) => new KafkaRangeReader(checked('consumer', properties), ranges),
  groupSession: (properties, protocol) => new KafkaGroupSession(checked('consumer', properties), protocol),
};

function checked(kind: ClientKind, properties: ClientProperties): ClientProperties {
  warnOfUnsupported(kind, properties);
  return properties;
}
