export type {
  AutoRestart,
  AutoRestartTarget,
  ClusterConfig,
  ConfigListener,
  ConfigStore,
  ConfigWriter,
  ConnectorConfig,
  ConnectorState,
  OffsetStore,
  RestartRequest,
  SessionKey,
  Stall,
  StallPlace,
  Status,
  StatusStore,
  TargetState,
  TaskConfig,
  TaskId,
} from './api.js';
export { systemClock, type Clock } from './clock.js';
export { ClusterStores, type ClusterStoresOptions } from './cluster-stores.js';
export { KafkaConfigStore } from './config/kafka-config-store.js';
export { KafkaConfigWriter, type ConfigWriterOptions } from './config/kafka-config-writer.js';
export { KafkaOffsetStore } from './offset/kafka-offset-store.js';
export { openOwnOffsetStore, type OwnOffsetStoreOptions } from './offset/own-offset-store.js';
export { listSourceOffsets, SourceOffsetStore } from './offset/source-offset-store.js';
export { outgoingOffset } from './offset/offset-records.js';
export { reachKafka } from './reach-kafka.js';
export { KafkaStatusStore } from './status/kafka-status-store.js';
export type { StoreOptions } from './store-options.js';
export type { InternalTopic, TopicRole } from './topics/internal-topic.js';
export { storageTopics } from './topics/storage-topics.js';
