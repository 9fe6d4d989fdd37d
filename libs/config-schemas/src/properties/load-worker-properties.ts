import { ConfigError } from '@tributary/connect-api';
import { readFileSync } from 'node:fs';
import { parseProperties } from './parse-properties.js';

const PREFIX = 'CONNECT_';

/**
 * A service's properties: those of the .properties file (UTF-8) that its first argument names, and over them those of the
 * environment. Without an argument the environment is all there is. Throws a {@link ConfigError} where the file cannot be read.
 */
export function loadWorkerProperties(argv: readonly string[], env: NodeJS.ProcessEnv): Record<string, string> {
  const [file] = argv;
  return { ...(file === undefined ? {} : readPropertiesFile(file)), ...environmentProperties(env) };
}

function readPropertiesFile(file: string): Record<string, string> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`Could not read properties from file ${file}: ${reason}`, { cause });
  }
  try {
    return parseProperties(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`Could not read properties from file ${file}: ${reason}`, { cause });
  }
}

/**
 * The properties that CONNECT_* variables stand for: in lower case, with `_` for a dot, `__` for an underscore and `___`
 * for a hyphen, so CONNECT_GROUP_ID is `group.id`. Container images of Kafka Connect have made this form known.
 */
export function environmentProperties(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = Object.keys(env).filter((name) => name.startsWith(PREFIX) && name.length > PREFIX.length);
  return Object.fromEntries(names.sort().map((name) => [propertyName(name.slice(PREFIX.length)), env[name] ?? '']));
}

function propertyName(variable: string): string {
  return variable.toLowerCase().replace(/_{1,3}/g, (underscores) => ['.', '_', '-'][underscores.length - 1] ?? '.');
}
