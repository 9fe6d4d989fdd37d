import type { AutoRestart, AutoRestartTarget, Status, TaskId } from '../api.js';
import type { StatusRecord } from './status-records.js';

interface ConnectorStatuses {
  connector: Status | undefined;
  readonly tasks: Map<number, Status>;
  readonly topics: Set<string>;
  /** by task; undefined: the connector's own */
  readonly restarts: Map<number | undefined, AutoRestart>;
}

/**
 * Folds status records. The topic's partitions are read in no particular order among each other, so the records of one
 * key never touch another key's: a connector's tombstone leaves its tasks' statuses to their own tombstones.
 */
export class StatusView {
  private readonly statuses = new Map<string, ConnectorStatuses>();

  /** The connector whose statuses have changed. */
  apply(record: StatusRecord): string | undefined {
    switch (record.kind) {
      case 'connector':
        this.change(record.connector, (statuses) => (statuses.connector = record.status ?? undefined));
        return record.connector;
      case 'task':
        return this.applyTask(record.id, record.status);
      case 'topic':
        this.change(record.connector, ({ topics }) => {
          if (record.use === null) topics.delete(record.topic);
          else topics.add(record.topic);
        });
        return record.connector;
      case 'auto-restart':
        this.change(record.target.connector, ({ restarts }) => {
          if (record.restart === null) restarts.delete(record.target.task);
          else restarts.set(record.target.task, record.restart);
        });
        return record.target.connector;
    }
  }

  connector(name: string): Status | undefined {
    return this.statuses.get(name)?.connector;
  }

  task({ connector, task }: TaskId): Status | undefined {
    return this.statuses.get(connector)?.tasks.get(task);
  }

  tasks(connector: string): readonly (TaskId & Status)[] {
    const tasks = [...(this.statuses.get(connector)?.tasks ?? [])].sort(([a], [b]) => a - b);
    return tasks.map(([task, status]) => ({ connector, task, ...status }));
  }

  connectors(): readonly string[] {
    return [...this.statuses.keys()];
  }

  topics(connector: string): readonly string[] {
    return [...(this.statuses.get(connector)?.topics ?? [])];
  }

  autoRestart({ connector, task }: AutoRestartTarget): AutoRestart | undefined {
    return this.statuses.get(connector)?.restarts.get(task);
  }

  /** What has been noted of the connector and its tasks. */
  autoRestarts(connector: string): readonly AutoRestartTarget[] {
    return [...(this.statuses.get(connector)?.restarts.keys() ?? [])].map((task) => ({ connector, task }));
  }

  /** A former owner that says late that it has stopped must not hide that the task runs elsewhere. */
  private applyTask({ connector, task }: TaskId, status: Status | null): string | undefined {
    const known = this.statuses.get(connector)?.tasks.get(task);
    const late = status?.state === 'UNASSIGNED' && known?.state === 'RUNNING' && known.generation >= status.generation;
    if (late && known.workerId !== status.workerId) return undefined;
    this.change(connector, ({ tasks }) => {
      if (status === null) tasks.delete(task);
      else tasks.set(task, status);
    });
    return connector;
  }

  private change(connector: string, change: (statuses: ConnectorStatuses) => void): void {
    const statuses = this.statuses.get(connector) ?? none();
    change(statuses);
    const { tasks, topics, restarts } = statuses;
    if (statuses.connector === undefined && tasks.size + topics.size + restarts.size === 0)
      this.statuses.delete(connector);
    else this.statuses.set(connector, statuses);
  }
}

function none(): ConnectorStatuses {
  return { connector: undefined, tasks: new Map(), topics: new Set(), restarts: new Map() };
}
