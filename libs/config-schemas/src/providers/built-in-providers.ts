import { ConfigError, javaRegExp } from '@tributary/connect-api';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseProperties } from '../properties/parse-properties.js';
import { AllowedPaths } from './allowed-paths.js';
import type { ConfigProvider } from './config-provider.js';

/** `${file:/etc/secrets.properties:password}`: a key of a .properties file. */
class FileConfigProvider implements ConfigProvider {
  readonly ttlMs: number | undefined;
  readonly #allowed: AllowedPaths;

  constructor(params: Readonly<Record<string, string>>) {
    this.ttlMs = ttlFrom(params['ttl.ms']);
    this.#allowed = new AllowedPaths(params['allowed.paths']);
  }

  get(path: string, keys: ReadonlySet<string>): ReadonlyMap<string, string> {
    if (path === '' || !this.#allowed.allow(path)) return new Map();
    let properties: Record<string, string>;
    try {
      properties = parseProperties(textOf(path));
    } catch (cause) {
      throw new ConfigError(`Could not read properties from file ${path}`, { cause });
    }
    return new Map(Object.entries(properties).filter(([key]) => keys.has(key)));
  }
}

/** `${dir:/etc/secrets:password}`: the whole content of a file of that name in a directory. */
class DirectoryConfigProvider implements ConfigProvider {
  readonly ttlMs: number | undefined;
  readonly #allowed: AllowedPaths;

  constructor(params: Readonly<Record<string, string>>) {
    this.ttlMs = ttlFrom(params['ttl.ms']);
    this.#allowed = new AllowedPaths(params['allowed.paths']);
  }

  get(path: string, keys: ReadonlySet<string>): ReadonlyMap<string, string> {
    if (path === '' || !this.#allowed.allow(path)) return new Map();
    const found = new Map<string, string>();
    for (const key of keys) {
      const file = join(path, key);
      if (key.includes('/') || !isFile(file)) continue;
      try {
        found.set(key, textOf(file));
      } catch (cause) {
        throw new ConfigError(`Could not read file ${file} for property ${key}`, { cause });
      }
    }
    return found;
  }
}

/** `${env:HOME}`: a variable of the environment, if its name matches the parameter `allowlist.pattern`. */
class EnvVarConfigProvider implements ConfigProvider {
  readonly #allowed: RegExp;

  constructor(
    params: Readonly<Record<string, string>>,
    private readonly env: NodeJS.ProcessEnv,
  ) {
    const pattern = params['allowlist.pattern'];
    try {
      this.#allowed = pattern === undefined ? /(?:)/ : javaRegExp(pattern, { whole: true });
    } catch (cause) {
      throw new ConfigError(`Invalid value ${pattern} for configuration allowlist.pattern: Invalid regex`, { cause });
    }
  }

  get(path: string, keys: ReadonlySet<string>): ReadonlyMap<string, string> {
    if (path !== '') throw new ConfigError(`Path is not supported for EnvVarConfigProvider, invalid value '${path}'`);
    const found = [...keys].flatMap((key): [string, string][] => {
      const value = this.#allowed.test(key) ? this.env[key] : undefined;
      return value === undefined ? [] : [[key, value]];
    });
    return new Map(found);
  }
}

/** Files are not looked at more often, milliseconds. */
const SHORTEST_TTL_MS = 100;

function ttlFrom(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ttlMs = /^\s*\d{1,10}\s*$/.test(text) ? Number(text) : NaN;
  if (ttlMs >= SHORTEST_TTL_MS) return ttlMs;
  throw new ConfigError(
    `Invalid value ${text} for configuration ttl.ms: must be a number of milliseconds, at least ${SHORTEST_TTL_MS}`,
  );
}

/** Throws for what is no UTF-8: a secret that was changed on the way would only be refused elsewhere. */
function textOf(file: string): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
}

function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

const PACKAGE = 'org.apache.kafka.common.config.provider.';

/** The provider of that class name; undefined where there is none. Throws a {@link ConfigError} for a wrong parameter. */
export function createProvider(
  className: string,
  params: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv,
): ConfigProvider | undefined {
  switch (className.startsWith(PACKAGE) ? className.slice(PACKAGE.length) : className) {
    case 'FileConfigProvider':
      return new FileConfigProvider(params);
    case 'DirectoryConfigProvider':
      return new DirectoryConfigProvider(params);
    case 'EnvVarConfigProvider':
      return new EnvVarConfigProvider(params, env);
    default:
      return undefined;
  }
}
