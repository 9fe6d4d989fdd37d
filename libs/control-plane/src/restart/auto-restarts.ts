import type { RestartSettings } from '@tributary/config-schemas';
import type {
  AutoRestart,
  AutoRestartTarget,
  ConfigListener,
  ConfigStore,
  ConnectorConfig,
  RestartRequest,
  Status,
  StatusStore,
  TaskId,
} from '@tributary/kafka-storage';
import { loggerFor } from '@tributary/observability';
import { restartsConnector, restartsTask } from '../change/restart-plan.js';
import type { RestartObserver } from './restart-observer.js';
import { RestartWatch } from './restart-watch.js';

const log = loggerFor('herder.restarts');

/** What automatic restarts are set by. */
export interface AutoRestartOptions {
  /** for a connector and its tasks, by its configuration */
  readonly settings: (config: ConnectorConfig) => RestartSettings;
  /** Makes the executor at `url` restart a task that it runs. */
  readonly restartTaskAt: (url: string, id: TaskId) => Promise<void>;
  readonly observer?: RestartObserver;
  /** from 0 to 1; for tests */
  readonly chance?: () => number;
}

export interface AutoRestartParts extends Pick<AutoRestartOptions, 'settings' | 'observer' | 'chance'> {
  readonly configs: ConfigStore;
  readonly statuses: StatusStore;
  readonly restartConnector: (name: string) => Promise<void>;
  /** Rejects with a `MomentaryConflictError` where nobody runs it. */
  readonly restartTask: (id: TaskId) => Promise<void>;
  readonly now: () => number;
}

/**
 * Restarts connectors and tasks that fail, where that is switched on, while this herder leads. It sees failures in the
 * status topic and notes there what it does, by one {@link RestartWatch} for each that has failed.
 */
export class AutoRestarts implements ConfigListener {
  readonly #watches = new Map<string, Map<number | undefined, RestartWatch>>();
  /** a new config object means that it was written again */
  readonly #settings = new WeakMap<ConnectorConfig, RestartSettings>();
  /** connectors whose statuses have changed */
  readonly #changed = new Set<string>();
  #unsubscribe: (() => void)[] = [];
  #stopped = false;

  constructor(private readonly parts: AutoRestartParts) {}

  /** To be called when the connectors of this term have begun to start. */
  start(): void {
    const { configs, statuses } = this.parts;
    this.#unsubscribe = [
      configs.subscribe(this),
      statuses.subscribe({ statusChanged: (connector) => this.#lookSoon(connector) }),
    ];
    for (const connector of new Set([...configs.snapshot().connectors(), ...statuses.connectors()])) {
      this.#look(connector);
      this.#watches.get(connector)?.get(undefined)?.startedElsewhere();
    }
  }

  stop(): void {
    this.#stopped = true;
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
    for (const watch of this.#all()) watch.stop();
    this.#watches.clear();
  }

  /** Its instance starts anew; its tasks do where their configurations change as well. */
  connectorConfigChanged(name: string): void {
    this.#look(name);
    for (const watch of this.#of(name)) {
      if (watch.target.task === undefined) watch.restartedByUser();
      else watch.changedByUser();
    }
  }

  targetStateChanged(name: string): void {
    this.#look(name);
    for (const watch of this.#of(name)) watch.changedByUser();
  }

  connectorRemoved(name: string): void {
    this.targetStateChanged(name);
    this.#dropIfGone(name);
  }

  /** Those who run the tasks start them anew. */
  taskConfigsChanged(name: string): void {
    this.#look(name);
    for (const watch of this.#of(name)) if (watch.target.task !== undefined) watch.startedElsewhere();
  }

  restartRequested(request: RestartRequest): void {
    const { statuses } = this.parts;
    for (const watch of this.#of(request.connector)) {
      const { task } = watch.target;
      const meant =
        task === undefined
          ? restartsConnector(request, statuses.connector(request.connector))
          : restartsTask(request, this.#status(watch.target));
      if (meant) watch.restartedByUser();
    }
  }

  /** A user restarts a connector's instance or one task, past the config topic. */
  restartedByUser({ connector, task }: AutoRestartTarget): void {
    this.#watches.get(connector)?.get(task)?.restartedByUser();
  }

  /** Statuses come in bursts, one for each task: they are looked at together. */
  #lookSoon(connector: string): void {
    if (this.#changed.size === 0) setImmediate(() => this.#lookAtChanged());
    this.#changed.add(connector);
  }

  #lookAtChanged(): void {
    const connectors = [...this.#changed];
    this.#changed.clear();
    if (!this.#stopped) for (const connector of connectors) this.#look(connector);
  }

  #look(connector: string): void {
    const { configs, statuses } = this.parts;
    const enabled = this.#settingsOf(connector)?.enabled === true;
    const tasks = enabled ? configs.snapshot().tasks(connector) : [];
    for (const target of [...(enabled ? [{ connector }] : []), ...tasks, ...statuses.autoRestarts(connector)]) {
      this.#watchIfNeeded(target);
    }
    for (const watch of this.#of(connector)) watch.look();
  }

  #watchIfNeeded(target: AutoRestartTarget): void {
    const { connector, task } = target;
    const watches = this.#watches.get(connector) ?? new Map<number | undefined, RestartWatch>();
    if (watches.has(task)) return;
    const entry = this.parts.statuses.autoRestart(target);
    const status = this.#status(target);
    if (entry === undefined && status?.state !== 'FAILED' && status?.stalled === undefined) return;
    const watch: RestartWatch = new RestartWatch(target, entry, {
      status: () => this.#status(target),
      settings: () => this.#settingsFor(target),
      note: (next) => this.#note(target, next),
      restart: () => this.#restart(target),
      now: this.parts.now,
      chance: this.parts.chance ?? Math.random,
    });
    this.#watches.set(connector, watches.set(task, watch));
    this.parts.observer?.noted(target, entry);
  }

  async #restart(target: AutoRestartTarget): Promise<void> {
    const { connector, task } = target;
    this.parts.observer?.restarted(target);
    if (task === undefined) await this.parts.restartConnector(connector);
    else await this.parts.restartTask({ connector, task });
  }

  async #note(target: AutoRestartTarget, entry: AutoRestart | undefined): Promise<void> {
    this.parts.observer?.noted(target, entry);
    this.#dropIfGone(target.connector);
    try {
      await this.parts.statuses.putAutoRestart(target, entry ?? null);
    } catch (error) {
      log.warn({ ...target, err: error }, 'what is planned could not be stored');
    }
  }

  /** Watches of a deleted connector that have nothing to take back are needed no more. */
  #dropIfGone(connector: string): void {
    if (this.parts.configs.snapshot().connectorConfig(connector) !== undefined) return;
    for (const watch of this.#of(connector)) {
      if (watch.idle) this.#watches.get(connector)?.delete(watch.target.task);
    }
    if (this.#of(connector).length === 0) this.#watches.delete(connector);
  }

  #settingsFor({ connector, task }: AutoRestartTarget): RestartSettings | undefined {
    const snapshot = this.parts.configs.snapshot();
    const settings = this.#settingsOf(connector);
    const there = task === undefined || snapshot.taskConfig({ connector, task }) !== undefined;
    return settings?.enabled === true && there && snapshot.targetState(connector) === 'STARTED' ? settings : undefined;
  }

  /** undefined: there is no such connector */
  #settingsOf(connector: string): RestartSettings | undefined {
    const config = this.parts.configs.snapshot().connectorConfig(connector);
    if (config === undefined) return undefined;
    const known = this.#settings.get(config);
    if (known !== undefined) return known;
    const settings = this.parts.settings(config);
    this.#settings.set(config, settings);
    return settings;
  }

  #status({ connector, task }: AutoRestartTarget): Status | undefined {
    const { statuses } = this.parts;
    return task === undefined ? statuses.connector(connector) : statuses.task({ connector, task });
  }

  #of(connector: string): readonly RestartWatch[] {
    return [...(this.#watches.get(connector)?.values() ?? [])];
  }

  #all(): readonly RestartWatch[] {
    return [...this.#watches.keys()].flatMap((connector) => this.#of(connector));
  }
}
