import type { ConnectorConfig } from '@tributary/kafka-storage';
import type { GeneratedTasks } from './task-configs.js';

/** What a running connector tells, at any moment between `launch` and `destroy`. */
export interface ConnectorEvents {
  /** It wants to be asked for its task configs again. */
  reconfigure(): void;
  /** It cannot go on: it said so itself, or it killed or blocked its thread. */
  failed(error: Error): void;
  /** It is gone through no fault that is known to be its own: launch it again. */
  gone(): void;
}

/** An instance of a connector's class in a thread of its own. Every call may take for ever: the code is the plugin's. */
export interface LaunchedConnector {
  /** what the class says of itself */
  readonly version: string;
  start(): Promise<void>;
  taskConfigs(): Promise<GeneratedTasks>;
  /** Stops it; after `timeoutMs` its thread goes, whatever it does. Never rejects. */
  destroy(timeoutMs: number): Promise<void>;
}

/** Makes instances of connectors. */
export interface ConnectorLauncher {
  /** `signal` gives up on a class whose construction hangs. */
  launch(
    name: string,
    config: ConnectorConfig,
    events: ConnectorEvents,
    signal: AbortSignal,
  ): Promise<LaunchedConnector>;
  /** The version of the connector's class, where it is installed. */
  versionOf(config: ConnectorConfig): string | null;
}
