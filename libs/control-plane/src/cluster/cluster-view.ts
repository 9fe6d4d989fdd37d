import { NotFoundError } from '@tributary/connect-api';
import type { ConfigStore, ConnectorConfig, StatusStore, TaskId } from '@tributary/kafka-storage';
import { stateBody, taskStateBody } from './bodies.js';
import type { ConnectorInfo, ConnectorStatusBody, ConnectorType, TaskInfo, TaskStateBody } from './bodies.js';

/** What a connector's configuration makes of it; `unknown` where its class is not installed here. */
export type TypeOfConnector = (config: ConnectorConfig | undefined) => ConnectorType;

/**
 * Answers every question about the cluster from this process's own views of the config and status topics, so reads
 * need no leader. Answers are as fresh as the views; {@link refresh} first where a client must read its own writes.
 */
export class ClusterView {
  #refreshing: Promise<unknown> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(
    private readonly configs: ConfigStore,
    private readonly statuses: StatusStore,
    private readonly typeOf: TypeOfConnector,
  ) {}

  /**
   * Resolves when the views hold all that was in the topics at the time of the call. Callers that come while a
   * refresh is under way share the next one, as the running one may have looked too early for them. It begins when the
   * event loop has been through what has come in by then, so that many requests at a time cost one look.
   */
  refresh(): Promise<void> {
    this.#next ??= this.#refreshing.then(nextTurn, nextTurn).then(() => this.#begin());
    return this.#next;
  }

  connectorNames(): readonly string[] {
    return this.configs.snapshot().connectors();
  }

  has(name: string): boolean {
    return this.configs.snapshot().connectorConfig(name) !== undefined;
  }

  connectorInfo(name: string): ConnectorInfo {
    const config = this.connectorConfig(name);
    return { name, config, tasks: this.configs.snapshot().tasks(name), type: this.typeOf(config) };
  }

  /** As the user wrote it: placeholders of config providers are not resolved. */
  connectorConfig(name: string): ConnectorConfig {
    const config = this.configs.snapshot().connectorConfig(name);
    if (config === undefined) throw new NotFoundError(`Connector ${name} not found`);
    return config;
  }

  taskInfos(name: string): readonly TaskInfo[] {
    this.connectorConfig(name);
    const snapshot = this.configs.snapshot();
    return snapshot.tasks(name).map((id) => ({ id, config: snapshot.taskConfig(id) ?? {} }));
  }

  /** Also of a connector that was just deleted, as long as its status is there; its type is `unknown` then. */
  connectorStatus(name: string): ConnectorStatusBody {
    const status = this.statuses.connector(name);
    if (status === undefined) throw new NotFoundError(`No status found for connector ${name}`);
    return {
      name,
      connector: stateBody(status, this.statuses.autoRestart({ connector: name })),
      tasks: this.statuses.tasks(name).map((task) => taskStateBody(task.task, task, this.statuses.autoRestart(task))),
      type: this.connectorType(name),
    };
  }

  taskStatus(id: TaskId): TaskStateBody {
    const status = this.statuses.task(id);
    if (status === undefined) throw new NotFoundError(`No status found for task ${id.connector}-${id.task}`);
    return taskStateBody(id.task, status, this.statuses.autoRestart(id));
  }

  connectorType(name: string): ConnectorType {
    return this.typeOf(this.configs.snapshot().connectorConfig(name));
  }

  /** Empty for a connector that does not exist. */
  activeTopics(name: string): readonly string[] {
    return this.statuses.activeTopics(name);
  }

  #begin(): Promise<void> {
    this.#next = undefined;
    const refreshing = Promise.all([this.configs.refresh(), this.statuses.refresh()]).then(() => undefined);
    this.#refreshing = refreshing;
    return refreshing;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
