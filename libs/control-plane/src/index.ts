export type {
  AutoRestartBody,
  ConnectorInfo,
  ConnectorStatusBody,
  ConnectorType,
  StallBody,
  StateBody,
  TaskInfo,
  TaskStateBody,
} from './cluster/bodies.js';
export { ClusterView, type TypeOfConnector } from './cluster/cluster-view.js';
export { ConnectorTexts, type Expansion } from './cluster/connector-texts.js';
export type { PutOutcome } from './change/connector-changes.js';
export type { RequestedConfig } from './change/connector-name.js';
export { configFor } from './change/connector-name.js';
export { MomentaryConflictError, NotLeaderError, StagedTimeoutError, TooManyTasksError } from './errors.js';
export { Herder, type ConfigCheck, type HerderOptions, type InitialState } from './herder.js';
export type { ClusterMember, HerderAssignment } from './leadership/assignment.js';
export { connectorMetrics, type ConnectorObserver } from './connector/connector-observer.js';
export { ZombieFencing, type ZombieFencingOptions } from './leadership/zombie-fencing.js';
export type { AutoRestartOptions } from './restart/auto-restarts.js';
export type { RestartObserver } from './restart/restart-observer.js';
export type { SessionKeyOptions } from './leadership/session-keys.js';
export type { ConnectorThreads } from './plugin/connector-threads.js';
export { ConnectorOffsets, type ConnectorOffsetsOptions } from './offsets/connector-offsets.js';
export { OffsetChanges, type OffsetChangesOptions } from './offsets/offset-changes.js';
export type { ConnectorOffsetsBody, RequestedMap, RequestedOffset } from './offsets/requested-offset.js';
export type { CataloguedConnector, PluginCatalogue } from './plugin/plugin-catalogue.js';
export { PluginInspector } from './plugin/plugin-inspector.js';
export { connectorThreads, pluginInspector } from './plugin/plugin-threads.js';
