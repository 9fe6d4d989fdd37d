export type {
  Admin, ClientProperties, Consumer, GroupDescription, GroupProtocol, GroupSession, IncomingRecord, KafkaClientFactory,
  KafkaErrorLike, OutgoingRecord, Producer, RebalanceListener, SendFailure, TopicReader, TopicReaderOptions, TopicSpec,
  TransactionalProducer, WireHeader,
} from './api.js';
