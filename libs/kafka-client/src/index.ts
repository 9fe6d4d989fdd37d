export type {
  Admin,
  ClientProperties,
  Consumer,
  GroupDescription,
  GroupProtocol,
  GroupSession,
  IncomingRecord,
  KafkaClientFactory,
  KafkaErrorLike,
  OffsetRange,
  OutgoingRecord,
  Producer,
  RangeReader,
  RebalanceListener,
  SendFailure,
  TopicReader,
  TopicReaderOptions,
  TopicSpec,
  TransactionalProducer,
  TransactionStream,
  WireHeader,
} from './api.js';
export { kafkaClients } from './kafka-clients.js';
export { FencedError, KafkaError, RebalancedError, SendError, type KafkaErrorOptions } from './errors.js';
export { unsupportedProperties, type ClientKind } from './properties/unsupported-properties.js';
