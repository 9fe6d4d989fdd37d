import { ConfigError } from '@tributary/connect-api';
import type { Role } from '../principal.js';

/** The names that give a role, and the property that lists them. */
export interface RoleNames {
  readonly property: string;
  readonly names: readonly string[];
}

const ANYBODY = '*';

/** Who has which role: those who are named, and all others where `*` is. */
export class RoleRules {
  /** Throws a {@link ConfigError} for a name, or a `*`, that would give both roles. */
  constructor(
    private readonly admins: RoleNames,
    private readonly readers: RoleNames,
  ) {
    const both = admins.names.find((name) => readers.names.includes(name));
    if (both !== undefined) {
      throw new ConfigError(
        `Invalid value ${both} for configuration ${readers.property}: it is also in ${admins.property}` +
          (both === ANYBODY ? `, whose default it is: name the admins there` : ''),
      );
    }
  }

  /** Of someone with these names: the highest that one of them gives. */
  roleOf(names: readonly string[]): Role | undefined {
    const named = (list: RoleNames) => names.some((name) => name !== ANYBODY && list.names.includes(name));
    if (named(this.admins)) return 'admin';
    if (named(this.readers)) return 'read-only';
    if (this.admins.names.includes(ANYBODY)) return 'admin';
    return this.readers.names.includes(ANYBODY) ? 'read-only' : undefined;
  }
}
