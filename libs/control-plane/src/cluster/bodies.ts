/**
 * The JSON bodies in which the cluster's state is shown. Members stand in the order in which clients get them.
 *
 * Info:   {"name":S,"config":{..},"tasks":[{"connector":S,"task":N}],"type":"source"|"sink"|"unknown"}
 * Status: {"name":S,"connector":{"state":S,"worker_id":S,"version":S},"tasks":[{"id":N,"state":S,"worker_id":S,
 *         "version":S,"trace":S}],"type":S}
 *
 * The last members of a state are ours and stand only where the feature is on and has something to say:
 *   "stalled":{"since":S,"in":S},"auto_restart":{"attempts":N,"next":S,"given_up":S}
 */
import type {
  AutoRestart,
  ConnectorConfig,
  ConnectorState,
  Stall,
  StallPlace,
  Status,
  TaskConfig,
  TaskId,
} from '@tributary/kafka-storage';

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
  readonly auto_restart?: AutoRestartBody;
}

/** How a connector or task that failed is restarted by itself. Times are ISO 8601, in UTC. */
export interface AutoRestartBody {
  /** restarts since it last ran well */
  readonly attempts: number;
  /** when the next one comes; absent where none is waiting */
  readonly next?: string;
  /** why no other one comes; absent where one may */
  readonly given_up?: 'fatal' | 'attempts';
}

/** Where and since when a task hangs. */
export interface StallBody {
  readonly since: string;
  readonly in: StallPlace;
}

export interface TaskStateBody extends StateBody {
  readonly id: number;
  readonly stalled?: StallBody;
}

export interface ConnectorStatusBody {
  readonly name: string;
  readonly connector: StateBody;
  readonly tasks: readonly TaskStateBody[];
  readonly type: ConnectorType;
}

/** What a plugin without a version reports; such a version is not shown. */
const NO_VERSION = 'undefined';

export function stateBody(status: Status, restart?: AutoRestart): StateBody {
  return { ...knownState(status), ...ofRestart(restart) };
}

export function taskStateBody(task: number, status: Status, restart?: AutoRestart): TaskStateBody {
  return { id: task, ...knownState(status), ...ofStall(status.stalled), ...ofRestart(restart) };
}

function knownState({ state, workerId, version, trace }: Status): StateBody {
  return {
    state,
    worker_id: workerId,
    ...(version === NO_VERSION ? {} : { version }),
    ...(trace === null || trace === '' ? {} : { trace }),
  };
}

function ofStall(stalled: Stall | undefined): Pick<TaskStateBody, 'stalled'> {
  return stalled === undefined ? {} : { stalled: { since: instant(stalled.since), in: stalled.in } };
}

function ofRestart(restart: AutoRestart | undefined): Pick<StateBody, 'auto_restart'> {
  if (restart === undefined) return {};
  const { attempts, nextAt, givenUp } = restart;
  return {
    auto_restart: {
      attempts,
      ...(nextAt !== null && { next: instant(nextAt) }),
      ...(givenUp !== null && { given_up: givenUp }),
    },
  };
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
