import { ClusterView, type TaskInfo, type TypeOfConnector } from '@tributary/control-plane';
import type { ConfigStore, ConnectorConfig, StatusStore } from '@tributary/kafka-storage';
import { masked, maskedTask, unknownNames, type ConfigMask } from './config-mask.js';

/**
 * The cluster with the passwords of connectors masked. Which properties they are is known once {@link refresh} has
 * resolved; of a connector that has come since, or that could not be asked about in time, too much is masked.
 */
export class MaskedView extends ClusterView {
  readonly #store: ConfigStore;
  readonly #passwords = new Map<string, ReadonlySet<string>>();
  #refreshed: Promise<void> | undefined;
  #prepared: Promise<void> = Promise.resolve();

  constructor(
    configs: ConfigStore,
    statuses: StatusStore,
    typeOf: TypeOfConnector,
    private readonly mask: ConfigMask,
  ) {
    super(configs, statuses, typeOf);
    this.#store = configs;
    const forget = (name: string): void => void this.#passwords.delete(name);
    configs.subscribe({ connectorConfigChanged: forget, taskConfigsChanged: forget, connectorRemoved: forget });
  }

  override refresh(): Promise<void> {
    const refreshed = super.refresh();
    if (refreshed !== this.#refreshed) {
      this.#refreshed = refreshed;
      this.#prepared = refreshed.then(() => this.#prepare());
    }
    return this.#prepared;
  }

  override connectorConfig(name: string): ConnectorConfig {
    const config = super.connectorConfig(name);
    return masked(config, this.#passwords.get(name) ?? unknownNames(config));
  }

  override taskInfos(name: string): readonly TaskInfo[] {
    const connector = super.connectorConfig(name);
    return super.taskInfos(name).map(({ id, config }) => {
      const passwords = this.#passwords.get(name) ?? unknownNames({ ...connector, ...config });
      return { id, config: maskedTask(config, connector, passwords) };
    });
  }

  /** Until all are known: some may change while others are asked about. */
  async #prepare(): Promise<void> {
    for (;;) {
      const unknown = this.connectorNames().filter((name) => !this.#passwords.has(name));
      if (unknown.length === 0) return;
      await Promise.all(unknown.map((name) => this.#learn(name)));
    }
  }

  async #learn(name: string): Promise<void> {
    const snapshot = this.#store.snapshot();
    const config = snapshot.connectorConfig(name);
    if (config === undefined) return;
    const tasks = snapshot.tasks(name).map((id) => snapshot.taskConfig(id) ?? {});
    const names = await this.mask.names(config, tasks);
    const now = this.#store.snapshot();
    const same =
      now.connectorConfig(name) === config && now.taskConfigGeneration(name) === snapshot.taskConfigGeneration(name);
    if (same) this.#passwords.set(name, names);
  }
}
