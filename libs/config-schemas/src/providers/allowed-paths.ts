import { ConfigError } from '@tributary/connect-api';
import { loggerFor } from '@tributary/observability';
import { statSync } from 'node:fs';
import { isAbsolute, normalize, sep } from 'node:path';

const log = loggerFor('config.providers');

/** The directories that a provider may read from, as its parameter `allowed.paths` lists them; without it any. */
export class AllowedPaths {
  readonly #directories: readonly string[] | undefined = undefined;

  /** Throws a {@link ConfigError} for a path that is not absolute or does not exist. */
  constructor(list: string | undefined) {
    if (list === undefined || list === '') return;
    // As Java splits: what is empty at the end is no entry, and blanks are part of a path.
    const paths = list.replace(/,+$/, '');
    this.#directories = paths === '' ? [] : paths.split(',').map(checked);
  }

  /** Whether `path` lies in one of them. A refusal is logged. */
  allow(path: string): boolean {
    const wanted = normalize(path);
    const allowed =
      this.#directories?.every((each) => wanted !== each && !wanted.startsWith(each === sep ? sep : each + sep)) !==
      true;
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
