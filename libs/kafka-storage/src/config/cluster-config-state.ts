import type { ClusterConfig, ConnectorConfig, SessionKey, TargetState, TaskConfig, TaskId } from '../api.js';
import type { ConfigRecord } from './config-records.js';

/** What a record changed, for listeners. */
export type ConfigEvent =
  | {
      readonly kind: 'connector-config' | 'connector-removed' | 'task-configs' | 'target-state';
      readonly connector: string;
    }
  | Extract<ConfigRecord, { kind: 'restart' | 'logger-level' | 'session-key' }>;

/** All that is known of one name. Replaced, never changed. */
interface ConnectorEntry {
  readonly config?: ConnectorConfig;
  readonly targetState?: TargetState;
  readonly taskCount: number;
  readonly taskConfigs: ReadonlyMap<number, TaskConfig>;
  /** task configs that wait for their commit */
  readonly deferred: ReadonlyMap<number, TaskConfig>;
  readonly appliedConfig?: ConnectorConfig;
  readonly generation: number;
  readonly inconsistent: boolean;
  readonly taskCountRecord?: number;
  readonly pendingFencing: boolean;
}

const NONE: ReadonlyMap<number, TaskConfig> = new Map();
const UNKNOWN: ConnectorEntry = {
  taskCount: 0,
  taskConfigs: NONE,
  deferred: NONE,
  generation: 0,
  inconsistent: false,
  pendingFencing: false,
};

/**
 * Folds the records of the config topic, in their order, into a {@link ClusterConfig}.
 *
 * Task configs are held back until their commit, which applies them all at once. Compaction can take some of a set away
 * (an older set with more tasks, a writer that died half way): where the held back set does not cover all tasks that the
 * commit counts, nothing is applied, and the connector is inconsistent, with no tasks, until a whole set comes.
 * Surplus task configs of an older, larger set do no harm. A commit that follows the deletion of its connector is ignored.
 */
export class ClusterConfigState {
  private offset = 0;
  private sessionKey: SessionKey | undefined;
  private readonly entries = new Map<string, ConnectorEntry>();
  private current: ClusterConfig | undefined;

  /** The state so far; the same object until the next change. */
  snapshot(): ClusterConfig {
    this.current ??= new Snapshot(this.offset, this.sessionKey, new Map(this.entries));
    return this.current;
  }

  /** A record that says nothing to us still moves the offset. */
  advance(offset: number): void {
    this.offset = offset + 1;
    this.current = undefined;
  }

  apply(record: ConfigRecord, offset: number): ConfigEvent | undefined {
    this.advance(offset);
    switch (record.kind) {
      case 'connector':
        return record.config === null ? this.remove(record.connector) : this.configure(record.connector, record.config);
      case 'target-state':
        return this.setTarget(record.connector, record.state);
      case 'task':
        this.change(record.id.connector, ({ deferred }) => ({
          deferred: new Map(deferred).set(record.id.task, record.config),
        }));
        return undefined;
      case 'commit':
        return this.commit(record.connector, record.tasks);
      case 'task-count':
        this.change(record.connector, () => ({ taskCountRecord: record.taskCount, pendingFencing: false }));
        return undefined;
      case 'session-key':
        this.sessionKey = record.key;
        return record;
      case 'restart':
      case 'logger-level':
        return record;
    }
  }

  private change(name: string, changes: (entry: ConnectorEntry) => Partial<ConnectorEntry>): void {
    const entry = this.entries.get(name) ?? UNKNOWN;
    this.entries.set(name, { ...entry, ...changes(entry) });
  }

  private configure(connector: string, config: ConnectorConfig): ConfigEvent {
    this.change(connector, (entry) => ({ config, targetState: entry.targetState ?? 'STARTED' }));
    return { kind: 'connector-config', connector };
  }

  /** The target state goes by a record of its own; the generation stays, so that a namesake's tasks are seen as new. */
  private remove(connector: string): ConfigEvent {
    const { targetState, generation } = this.entries.get(connector) ?? UNKNOWN;
    this.entries.set(connector, { ...UNKNOWN, generation, ...(targetState && { targetState }) });
    return { kind: 'connector-removed', connector };
  }

  private setTarget(connector: string, state: TargetState | null): ConfigEvent | undefined {
    const entry = this.entries.get(connector) ?? UNKNOWN;
    if (state === null) {
      const { targetState: _, ...rest } = entry;
      // A connector always has a target state: an old record may have been cut off by compaction.
      this.entries.set(connector, entry.config === undefined ? rest : { ...rest, targetState: 'STARTED' });
      return undefined;
    }
    this.change(connector, () => ({ targetState: state }));
    return entry.targetState === state ? undefined : { kind: 'target-state', connector };
  }

  private commit(connector: string, taskCount: number): ConfigEvent | undefined {
    const { config, deferred } = this.entries.get(connector) ?? UNKNOWN;
    if (config === undefined) return undefined;
    const complete = Array.from({ length: taskCount }, (_, task) => task).every((task) => deferred.has(task));
    this.change(connector, (entry) => ({
      taskCount,
      deferred: NONE,
      pendingFencing: true,
      inconsistent: !complete,
      ...(complete && {
        taskConfigs: new Map([...deferred].filter(([task]) => task < taskCount)),
        appliedConfig: config,
        generation: entry.generation + 1,
      }),
    }));
    return { kind: 'task-configs', connector };
  }
}

/** The view of an unchanging copy of the entries. */
class Snapshot implements ClusterConfig {
  private names: readonly string[] | undefined;
  private inconsistent: ReadonlySet<string> | undefined;

  constructor(
    readonly offset: number,
    readonly sessionKey: SessionKey | undefined,
    private readonly entries: ReadonlyMap<string, ConnectorEntry>,
  ) {}

  connectors(): readonly string[] {
    this.names ??= [...this.entries].filter(([, entry]) => entry.config !== undefined).map(([name]) => name);
    return this.names;
  }

  connectorConfig(name: string): ConnectorConfig | undefined {
    return this.entries.get(name)?.config;
  }

  targetState(name: string): TargetState | undefined {
    return this.entries.get(name)?.targetState;
  }

  tasks(name: string): readonly TaskId[] {
    const entry = this.entries.get(name);
    if (entry === undefined || entry.inconsistent) return [];
    return Array.from({ length: entry.taskCount }, (_, task) => ({ connector: name, task }));
  }

  taskConfig({ connector, task }: TaskId): TaskConfig | undefined {
    return this.entries.get(connector)?.taskConfigs.get(task);
  }

  appliedConnectorConfig(name: string): ConnectorConfig | undefined {
    return this.entries.get(name)?.appliedConfig;
  }

  taskConfigGeneration(name: string): number {
    return this.entries.get(name)?.generation ?? 0;
  }

  get inconsistentConnectors(): ReadonlySet<string> {
    this.inconsistent ??= new Set([...this.entries].filter(([, entry]) => entry.inconsistent).map(([name]) => name));
    return this.inconsistent;
  }

  taskCountRecord(name: string): number | undefined {
    return this.entries.get(name)?.taskCountRecord;
  }

  pendingFencing(name: string): boolean {
    return this.entries.get(name)?.pendingFencing ?? false;
  }
}
