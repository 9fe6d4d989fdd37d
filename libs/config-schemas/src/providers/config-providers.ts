import { ConfigError } from '@tributary/connect-api';
import { stripped } from '../properties/stripped.js';
import { createProvider } from './built-in-providers.js';
import type { ConfigProvider } from './config-provider.js';

/** `${provider:[path:]key}`; several may stand in one value, none inside another. */
const VARIABLE = /\$\{([^}]*?):(([^}]*?):)?([^}]*?)\}/g;

/** These worker properties are read as they are. */
const NEVER_RESOLVED = /^(plugin\.path|config\.providers($|\.))/;

type Properties<V extends string | null> = Readonly<Record<string, V>>;

/** Properties with their variables replaced, and what stands for which. */
export interface Resolution<V extends string | null> {
  readonly properties: Record<string, string | V>;
  /** the value of each variable that a provider knew, by its text, as `${env:HOME}` */
  readonly found: ReadonlyMap<string, string>;
}

/**
 * The config providers of a worker, as `config.providers` and `config.providers.<name>.*` set them up. What they find is
 * put in when a configuration is used and never stored: topics and REST answers keep the variables.
 */
export class ConfigProviders {
  private constructor(private readonly providers: ReadonlyMap<string, ConfigProvider>) {}

  /** Throws a {@link ConfigError} for a class that does not exist or a wrong parameter. */
  static from(properties: Properties<string>, env: NodeJS.ProcessEnv = process.env): ConfigProviders {
    const names = (properties['config.providers'] ?? '').split(',').map((name) => name.trim());
    const providers = names.flatMap((name): [string, ConfigProvider][] => {
      const prefix = `config.providers.${name}.`;
      const className = properties[`${prefix}class`]?.trim();
      if (name === '' || className === undefined) return [];
      const provider = createProvider(className, stripped(properties, `${prefix}param.`), env);
      if (provider !== undefined) return [[name, provider]];
      throw new ConfigError(
        `Invalid value ${className} for configuration ${prefix}class: ` +
          'must be FileConfigProvider, DirectoryConfigProvider or EnvVarConfigProvider of org.apache.kafka.common.config.provider',
      );
    });
    return new ConfigProviders(new Map(providers));
  }

  /** The properties with all variables replaced that a provider knows; the others stay. Throws a {@link ConfigError}. */
  resolve<V extends string | null>(properties: Properties<V>): Record<string, string | V> {
    return this.resolution(properties).properties;
  }

  /** The same, and what was found. */
  resolution<V extends string | null>(properties: Properties<V>): Resolution<V> {
    const looked = this.#lookUp(Object.values(properties));
    const found = new Map<string, string>();
    const entries = Object.entries(properties).map(([name, value]): [string, string | V] => [
      name,
      typeof value === 'string' ? replaced(value, looked, found) : value,
    ]);
    return { properties: Object.fromEntries(entries), found };
  }

  /** The same for a worker's own properties, except for those that say where plugins and providers are. */
  resolveWorker(properties: Properties<string>): Resolution<string> {
    const open = Object.entries(properties).filter(([name]) => !NEVER_RESOLVED.test(name));
    const resolution = this.resolution(Object.fromEntries(open));
    return { ...resolution, properties: { ...properties, ...resolution.properties } };
  }

  /** How long what is found for the properties holds, milliseconds; undefined where no provider that is asked says so. */
  ttlOf(properties: Properties<string>): number | undefined {
    if ([...this.providers.values()].every(({ ttlMs }) => ttlMs === undefined)) return undefined;
    const asked = Object.values(properties).flatMap((value) => [...value.matchAll(VARIABLE)]);
    const ttls = asked.flatMap(([, name = '']) => this.providers.get(name)?.ttlMs ?? []);
    return ttls.length === 0 ? undefined : Math.min(...ttls);
  }

  /** One call per provider and path, with all the keys that any value asks for. */
  #lookUp(values: readonly (string | null)[]): Map<string, ReadonlyMap<string, string>> {
    const wanted = new Map<string, { provider: ConfigProvider; path: string; keys: Set<string> }>();
    for (const value of values) {
      for (const [, name = '', , path = '', key = ''] of value?.matchAll(VARIABLE) ?? []) {
        const provider = this.providers.get(name);
        if (provider === undefined) continue;
        const id = `${name}:${path}`;
        const entry = wanted.get(id) ?? { provider, path, keys: new Set() };
        entry.keys.add(key);
        wanted.set(id, entry);
      }
    }
    return new Map([...wanted].map(([id, { provider, path, keys }]) => [id, provider.get(path, keys)]));
  }
}

/** Whether a provider may have a say in the value. */
export function hasVariables(value: string | null | undefined): boolean {
  return typeof value === 'string' && value.search(VARIABLE) >= 0;
}

/**
 * A task's properties as they are stored: those that the connector's own configuration gives with variables are put back
 * into that form, so that what a provider found does not get into a topic. Values of `secrets`, which have their
 * variables as keys, are put back wherever they stand.
 */
export function withVariables(
  task: Properties<string>,
  connector: Properties<string>,
  secrets: ReadonlyMap<string, string> = new Map(),
): Record<string, string> {
  const kept = Object.entries(task).map(([name, value]): [string, string] => {
    const original = Object.hasOwn(connector, name) ? connector[name] : undefined;
    if (original !== undefined && hasVariables(original)) return [name, original];
    return [name, [...secrets].reduce((text, [variable, secret]) => text.replaceAll(secret, () => variable), value)];
  });
  return Object.fromEntries(kept);
}

/** Notes in `found` what each variable stands for. */
function replaced(
  value: string,
  looked: ReadonlyMap<string, ReadonlyMap<string, string>>,
  found: Map<string, string>,
): string {
  return value.replace(
    VARIABLE,
    (variable: string, name: string, _pathAndColon: string | undefined, path: string | undefined, key: string) => {
      const known = looked.get(`${name}:${path ?? ''}`)?.get(key);
      if (known !== undefined) found.set(variable, known);
      return known ?? variable;
    },
  );
}
