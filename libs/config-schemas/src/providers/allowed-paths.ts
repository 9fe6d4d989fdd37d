import { ConfigError } from '@tributary/connect-api';
import { loggerFor } from '@tributary/observability';
import { statSync } from 'node:fs';
import { isAbsolute, normalize, sep } from 'node:path';

const log = loggerFor('config.providers');

/** The directories that a provider may read from, as its parameter `allowed.paths` lists them; without it any. */
export class AllowedPaths {
  readonly #directories: readonly string[] | undefined;

  /** Throws a {@link ConfigError} for a path that is not absolute or does not exist. */
  constructor(list: string | undefined) {
    const paths = (list ?? '').split(',').map((path) => path.trim());
    this.#directories = (list ?? '').trim() === '' ? undefined : paths.map(checked);
  }

  /** Whether `path` lies in one of them. A refusal is logged. */
  allow(path: string): boolean {
    const wanted = normalize(path);
    const allowed = this.#directories?.every((each) => wanted !== each && !wanted.startsWith(each + sep)) !== true;
    if (!allowed) log.warn({ path }, 'a config provider may not read this path: it is not below allowed.paths');
    return allowed;
  }
}

function checked(path: string): string {
  if (!isAbsolute(path))
    throw new ConfigError(`Invalid value ${path} for configuration allowed.paths: Path is not absolute`);
  if (statSync(path, { throwIfNoEntry: false }) === undefined) {
    throw new ConfigError(`Invalid value ${path} for configuration allowed.paths: Path does not exist`);
  }
  return normalize(path).replace(/(?<=.)[\\/]$/, '');
}
