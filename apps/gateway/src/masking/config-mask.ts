import { connectorDefinitions, secretValues } from '@tributary/config-schemas';
import type { ConnectorConfig } from '@tributary/kafka-storage';
import type { PluginInspector } from '@tributary/control-plane';
import { HIDDEN, loggerFor, Secrets } from '@tributary/observability';

const log = loggerFor('gateway.masking');

/** So many different sets of properties are remembered. */
const REMEMBERED = 1_000;
/** Their values say where the other properties are defined. */
const NAMES_CLASS = /^(connector\.class|.*plugin\.version|.*\.converter|transforms|predicates|.*\.type)$/;
/** A value that is a variable of a config provider and nothing else shows no secret. */
const VARIABLE = /^\$\{[^{}]+:[^{}]*\}$/;

/**
 * Shows connector configurations with their passwords masked. Which properties hold passwords is asked of the plugins, in
 * their threads, once for all connectors with the same classes and properties. Of a connector whose plugin does not say,
 * every property is masked that is not one of all connectors.
 */
export class ConfigMask {
  readonly #names = new Map<string, Promise<ReadonlySet<string>>>();

  constructor(private readonly inspector: Pick<PluginInspector, 'passwordNames'>) {}

  /** The properties that hold passwords, among those of the connector and its tasks. */
  names(connector: ConnectorConfig, tasks: readonly ConnectorConfig[] = []): Promise<ReadonlySet<string>> {
    const all = Object.assign({}, ...tasks, connector) as ConnectorConfig;
    const key = JSON.stringify(
      Object.entries(all).map(([name, value]) => (NAMES_CLASS.test(name) ? [name, value] : name)),
    );
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    if (this.#names.size >= REMEMBERED) this.#names.clear();
    const asked = this.#ask(all);
    this.#names.set(key, asked);
    return asked;
  }

  async #ask(config: ConnectorConfig): Promise<ReadonlySet<string>> {
    try {
      return new Set(await this.inspector.passwordNames(config));
    } catch (error) {
      log.warn(
        { err: error, connector: config['name'] },
        'a plugin does not say which of its properties are passwords',
      );
      return unknownNames(config);
    }
  }
}

/** What may be a password as long as nobody has said what is: all but the properties that every connector has. */
export function unknownNames(config: ConnectorConfig): ReadonlySet<string> {
  const common = [connectorDefinitions.source.keys, connectorDefinitions.sink.keys];
  return new Set(Object.keys(config).filter((name) => !common.some((keys) => keys.has(name))));
}

export function masked(config: ConnectorConfig, passwords: ReadonlySet<string>): ConnectorConfig {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => [name, isShown(value) || !passwords.has(name) ? value : HIDDEN]),
  );
}

/** A task's config is nothing that clients send back: what its connector's passwords are is masked wherever it stands. */
export function maskedTask(
  task: ConnectorConfig,
  connector: ConnectorConfig,
  passwords: ReadonlySet<string>,
): ConnectorConfig {
  const literal = Object.entries(connector).filter(([name, value]) => passwords.has(name) && !isShown(value));
  const secrets = new Secrets(secretValues(literal));
  const entries = Object.entries(masked(task, passwords));
  return Object.fromEntries(entries.map(([name, value]) => [name, secrets.hide(value)]));
}

function isShown(value: string): boolean {
  return value === '' || VARIABLE.test(value);
}
