/** The stores that hold a cluster's whole state, each a view of a compacted topic. */
import type { SourceOffset, SourcePartition } from '@tributary/connect-api';
import type { OutgoingRecord } from '@tributary/kafka-client';

export type ConnectorConfig = Readonly<Record<string, string>>;
export type TaskConfig = Readonly<Record<string, string>>;

export interface TaskId {
  readonly connector: string;
  readonly task: number;
}

/**
 * What the user wants a connector to be.
 * STARTED: running. PAUSED: tasks stay where they are and process nothing. STOPPED: no tasks; offsets may be edited.
 */
export type TargetState = 'STARTED' | 'PAUSED' | 'STOPPED';

/** The config topic as read up to `offset`. Immutable: a new one for every change. */
export interface ClusterConfig {
  /** offset of the last record read, plus one */
  readonly offset: number;
  connectors(): readonly string[];
  connectorConfig(name: string): ConnectorConfig | undefined;
  targetState(name: string): TargetState | undefined;
  /** empty where the connector is inconsistent (an incomplete set of task configs) or has none */
  tasks(name: string): readonly TaskId[];
  taskConfig(id: TaskId): TaskConfig | undefined;
  /** the connector config from which the current task configs were made */
  appliedConnectorConfig(name: string): ConnectorConfig | undefined;
  /** grows with every commit of task configs of that connector in this process's view */
  taskConfigGeneration(name: string): number;
  readonly inconsistentConnectors: ReadonlySet<string>;
  /** how many tasks had their producers fenced last; undefined where that never happened (exactly-once sources only) */
  taskCountRecord(name: string): number | undefined;
  /** true: task configs were committed after the last fencing, so the tasks must not start before the next one */
  pendingFencing(name: string): boolean;
  readonly sessionKey: SessionKey | undefined;
}

/** With which the services sign requests among themselves. */
export interface SessionKey {
  readonly key: Buffer;
  readonly algorithm: string;
  /** milliseconds since the epoch */
  readonly createdAt: number;
}

/** Called after the snapshot has changed, never during the first read. */
export interface ConfigListener {
  connectorConfigChanged?(name: string): void;
  connectorRemoved?(name: string): void;
  taskConfigsChanged?(name: string): void;
  targetStateChanged?(name: string): void;
  restartRequested?(request: RestartRequest): void;
  sessionKeyChanged?(key: SessionKey): void;
  /** a log level was set for every process of the cluster */
  loggerLevelChanged?(namespace: string, level: string): void;
}

export interface RestartRequest {
  readonly connector: string;
  readonly includeTasks: boolean;
  readonly onlyFailed: boolean;
}

/** The reading side, in every process. */
export interface ConfigStore {
  /** Creates or checks the topic, reads it to the end. */
  start(): Promise<void>;
  snapshot(): ClusterConfig;
  /** Resolves when the snapshot holds all that was in the topic at the time of the call. */
  refresh(): Promise<void>;
  subscribe(listener: ConfigListener): () => void;
  stop(): Promise<void>;
}

/** The writing side, the leader's alone. Each call resolves when the own snapshot shows the change; throws FencedError when deposed. */
export interface ConfigWriter {
  /** Fences every earlier writer and reads to the end. */
  claim(): Promise<void>;
  putConnector(name: string, config: ConnectorConfig, initialState?: TargetState): Promise<void>;
  removeConnector(name: string): Promise<void>;
  putTaskConfigs(name: string, configs: readonly TaskConfig[]): Promise<void>;
  /** STOPPED takes the connector's tasks away in the same transaction. */
  putTargetState(name: string, state: TargetState): Promise<void>;
  /** Notes that the producers of so many tasks have been fenced. */
  putTaskCountRecord(name: string, taskCount: number): Promise<void>;
  putLoggerLevel(namespace: string, level: string): Promise<void>;
  putRestartRequest(request: RestartRequest): Promise<void>;
  putSessionKey(key: SessionKey): Promise<void>;
  release(): Promise<void>;
}

export type ConnectorState = 'UNASSIGNED' | 'RUNNING' | 'PAUSED' | 'FAILED' | 'RESTARTING' | 'STOPPED';

/** State of a connector or task as its owner last wrote it. */
export interface Status {
  readonly state: ConnectorState;
  readonly trace: string | null;
  /** advertised host:port of the writer */
  readonly workerId: string;
  /** group generation of the writer */
  readonly generation: number;
  /** the plugin's version; null where the writer did not know it */
  readonly version: string | null;
  /** of a task that hangs, where somebody looks */
  readonly stalled?: Stall | undefined;
}

/** A call of a task that does not come to its end. */
export interface Stall {
  /** when it began, milliseconds since the epoch */
  readonly since: number;
  readonly in: StallPlace;
}

/** What a task may hang in: its own methods, a commit of offsets, transforming and converting records, sending them. */
export type StallPlace = 'start' | 'poll' | 'put' | 'open' | 'close' | 'commit' | 'process' | 'send';

/**
 * What is noted of a connector or task that the leader restarts by itself. Both null: it is being restarted, or runs
 * and is watched.
 */
export interface AutoRestart {
  /** restarts since it last ran well */
  readonly attempts: number;
  /** when the next one comes, milliseconds since the epoch; null: none is waiting */
  readonly nextAt: number | null;
  /** why none comes any more: the failure does not pass by itself, or the attempts are used up */
  readonly givenUp: 'fatal' | 'attempts' | null;
}

/** A connector, or with `task` one of its tasks. */
export interface AutoRestartTarget {
  readonly connector: string;
  readonly task?: number | undefined;
}

export interface StatusStore {
  start(): Promise<void>;
  connector(name: string): Status | undefined;
  task(id: TaskId): Status | undefined;
  /** sorted by id */
  tasks(connector: string): readonly (TaskId & Status)[];
  /** every connector that has a status of any kind */
  connectors(): readonly string[];
  /** topics that the connector has used since the last reset */
  activeTopics(connector: string): readonly string[];
  /** null removes. Resolves when written. */
  putConnector(name: string, status: Status | null): Promise<void>;
  putTask(id: TaskId, status: Status | null): Promise<void>;
  /** As put, but left out where a newer generation of another worker has written. */
  putConnectorSafe(name: string, status: Status): Promise<void>;
  putTaskSafe(id: TaskId, status: Status): Promise<void>;
  putTopic(connector: string, task: number, topic: string): Promise<void>;
  resetTopics(connector: string): Promise<void>;
  autoRestart(target: AutoRestartTarget): AutoRestart | undefined;
  /** of the connector and its tasks, where something is noted */
  autoRestarts(connector: string): readonly AutoRestartTarget[];
  /** The leader's alone. null removes. Resolves when written. */
  putAutoRestart(target: AutoRestartTarget, restart: AutoRestart | null): Promise<void>;
  refresh(): Promise<void>;
  subscribe(listener: { statusChanged(connector: string): void }): () => void;
  stop(): Promise<void>;
}

/** Source offsets, by connector and partition. */
export interface OffsetStore {
  start(): Promise<void>;
  /** refreshes first */
  get(connector: string, partitions: readonly SourcePartition[]): Promise<(SourceOffset | null)[]>;
  /** every known partition of the connector */
  list(connector: string): Promise<[SourcePartition, SourceOffset][]>;
  /** null resets the partition. Resolves when acknowledged. */
  put(connector: string, offsets: readonly (readonly [SourcePartition, SourceOffset | null])[]): Promise<void>;
  /** The records that `put` would write, for a producer that writes them in a transaction. */
  outgoing(connector: string, offsets: readonly (readonly [SourcePartition, SourceOffset | null])[]): OutgoingRecord[];
  stop(): Promise<void>;
}
