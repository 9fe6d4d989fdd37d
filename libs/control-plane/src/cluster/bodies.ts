/**
 * The JSON bodies in which the cluster's state is shown. Members stand in the order in which clients get them.
 *
 * Info:   {"name":S,"config":{..},"tasks":[{"connector":S,"task":N}],"type":"source"|"sink"|"unknown"}
 * Status: {"name":S,"connector":{"state":S,"worker_id":S,"version":S},"tasks":[{"id":N,"state":S,"worker_id":S,
 *         "version":S,"trace":S}],"type":S}
 */
import type { ConnectorConfig, ConnectorState, Status, TaskConfig, TaskId } from '@tributary/kafka-storage';

export type ConnectorType = 'source' | 'sink' | 'unknown';

export interface ConnectorInfo {
  readonly name: string;
  readonly config: ConnectorConfig;
  readonly tasks: readonly TaskId[];
  readonly type: ConnectorType;
}

export interface TaskInfo {
  readonly id: TaskId;
  readonly config: TaskConfig;
}

export interface StateBody {
  readonly state: ConnectorState;
  readonly worker_id: string;
  /** null where the writer did not know it; absent where the plugin has none */
  readonly version?: string | null;
  /** only where there is one */
  readonly trace?: string;
}

export interface TaskStateBody extends StateBody {
  readonly id: number;
}

export interface ConnectorStatusBody {
  readonly name: string;
  readonly connector: StateBody;
  readonly tasks: readonly TaskStateBody[];
  readonly type: ConnectorType;
}

/** What a plugin without a version reports; such a version is not shown. */
const NO_VERSION = 'undefined';

export function stateBody(status: Status): StateBody {
  return {
    state: status.state,
    worker_id: status.workerId,
    ...(status.version === NO_VERSION ? {} : { version: status.version }),
    ...(status.trace === null || status.trace === '' ? {} : { trace: status.trace }),
  };
}

export function taskStateBody(task: number, status: Status): TaskStateBody {
  return { id: task, ...stateBody(status) };
}
