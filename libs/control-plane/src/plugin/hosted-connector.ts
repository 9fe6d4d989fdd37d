import { withVariables, type ConnectorConfig } from '@tributary/config-schemas';
import { ConnectError } from '@tributary/connect-api';
import type { Connector, Props, SinkConnector, SourceConnector } from '@tributary/connect-api';
import type { Instance, InstanceChannel } from '@tributary/plugin-host';
import type { GeneratedTasks } from '../connector/task-configs.js';

/**
 * Thread side of a running connector. Tells its owner `version` when it is made and `reconfigure` whenever the
 * connector wants to be asked for its task configs again; {@link failure} is how it tells of the connector's own errors.
 */
export class HostedConnector implements Instance {
  #raise: (error: unknown) => void = () => undefined;
  readonly #failure = new Promise<never>((_, reject) => (this.#raise = reject));
  #started: Promise<void> | undefined;

  constructor(
    private readonly connector: SourceConnector | SinkConnector,
    private readonly name: string,
    private readonly config: ConnectorConfig,
    /** as it stands in the topic, with the variables of config providers */
    private readonly stored: Props,
    /** what must not be stored of it: variables, and what was found for them */
    private readonly secrets: () => ReadonlyMap<string, string>,
    channel: InstanceChannel,
  ) {
    this.#failure.catch(() => undefined);
    channel.emit('version', versionOf(connector));
    connector.initialize?.({
      connectorName: name,
      requestTaskReconfiguration: () => channel.emit('reconfigure'),
      raiseError: (error) => this.#raise(error),
    });
  }

  /** Never resolves; rejects with what the connector gives to `raiseError`. */
  failure(): Promise<never> {
    return this.#failure;
  }

  start(): Promise<void> {
    this.#started = (async () => this.connector.start(this.config.properties))();
    return this.#started;
  }

  async taskConfigs(): Promise<GeneratedTasks> {
    const { tasksMax, enforceTasksMax } = this.config;
    const task = this.connector.taskClass();
    const generated = checkedConfigs(this.name, await this.connector.taskConfigs(tasksMax));
    const secrets = this.secrets();
    const configs = generated.map((config) => withVariables(config, this.stored, secrets));
    return { taskClass: task.className ?? task.name, configs, tasksMax, enforceTasksMax };
  }

  /** A start that is still under way is waited for; one that failed may have left something to clean up. */
  async destroy(): Promise<void> {
    if (this.#started === undefined) return;
    await this.#started.catch(() => undefined);
    await this.connector.stop();
  }
}

/** As the reference shows a plugin that says nothing of its version. */
function versionOf(connector: Connector): string {
  const version: unknown = connector.version();
  return typeof version === 'string' ? version : 'undefined';
}

/** What a plugin returns may be anything. */
function checkedConfigs(name: string, configs: unknown): Props[] {
  if (!Array.isArray(configs)) throw new ConnectError(`Connector ${name} returned task configs that are no array`);
  return configs.map((config: unknown, task) => {
    if (typeof config !== 'object' || config === null) {
      throw new ConnectError(`Connector ${name} returned a config for task ${task} that is no object`);
    }
    const checked: Record<string, string> = {};
    for (const [key, value] of Object.entries(config)) {
      if (typeof value === 'string') checked[key] = value;
      else if (value !== null && value !== undefined) {
        throw new ConnectError(
          `Connector ${name} returned a config for task ${task} in which ${key} is a ${typeof value}: only strings are allowed`,
        );
      }
    }
    return checked;
  });
}
