import type { ConfigDef, ConfigValues } from './config-def.js';
import type { SourceOffset, SourcePartition, TopicPartition } from './record.js';
import type { SinkTask } from './sink-task.js';
import type { SourceTask } from './source-task.js';

/** Every method of a plugin may answer at once or by a promise. */
export type MaybePromise<T> = T | Promise<T>;
/** Properties as a user wrote them. */
export type Props = Readonly<Record<string, string>>;

/**
 * A class that the runtime can make instances of. `className` is the name by which configurations call it, with the
 * reference's package where it stands in for one of the reference's classes; it defaults to the JavaScript class name.
 */
export interface PluginClass<T> {
  new (): T;
  readonly name: string;
  readonly className?: string;
}

/** What the runtime offers to a running connector. */
export interface ConnectorContext {
  readonly connectorName: string;
  /** Asks the runtime to call {@link Connector.taskConfigs} again, e.g. because the source has new tables. */
  requestTaskReconfiguration(): void;
  /** Marks the connector as FAILED, from a timer or watcher that the runtime does not see. */
  raiseError(error: unknown): void;
}

/**
 * Divides a job into tasks. One instance per connector runs in the leading herder; it moves no data.
 *
 * Life: constructed, `initialize`, `start`, then any number of `taskConfigs`, then `stop`. A configuration change means
 * `stop` and a new instance. A throw from any method makes the connector FAILED with that error's trace.
 */
export interface Connector {
  version(): string;
  /** The properties that it understands. Called for validation, on an instance that is never started. */
  config(): ConfigDef;
  /** Checks that need more than one property, after each single one was checked; adds errors to `values`. Optional. */
  validate?(props: Props, values: ConfigValues): MaybePromise<void>;
  initialize?(context: ConnectorContext): void;
  start(props: Props): MaybePromise<void>;
  /** At most `maxTasks` configurations, one per task. May be called again while running. */
  taskConfigs(maxTasks: number): MaybePromise<Props[]>;
  stop(): MaybePromise<void>;
}

/** A connector whose tasks read from another system into Kafka. */
export interface SourceConnector extends Connector {
  taskClass(): PluginClass<SourceTask>;
  /** Whether tasks give exactly-once delivery with these properties; absent or undefined means unknown. */
  exactlyOnceSupport?(props: Props): 'SUPPORTED' | 'UNSUPPORTED' | undefined;
  /**
   * Whether tasks say themselves where their transactions end, with these properties; absent: they do not. Asked where
   * `transaction.boundary` is `connector`, which is refused unless the answer is `SUPPORTED`.
   */
  canDefineTransactionBoundaries?(props: Props): 'SUPPORTED' | 'UNSUPPORTED' | undefined;
  /** Called before a user's change of offsets is stored; throws to refuse. True: the connector has handled them itself too. */
  alterOffsets?(props: Props, offsets: ReadonlyMap<SourcePartition, SourceOffset | null>): MaybePromise<boolean>;
}

/** A connector whose tasks write from Kafka into another system. */
export interface SinkConnector extends Connector {
  taskClass(): PluginClass<SinkTask>;
  /**
   * Called before a user's change of offsets is stored; throws to refuse. A reset names all partitions that have offsets.
   * True: the connector has handled them in its own system too.
   */
  alterOffsets?(props: Props, offsets: ReadonlyMap<TopicPartition, number | null>): MaybePromise<boolean>;
}
