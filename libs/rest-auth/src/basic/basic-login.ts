import { loggerFor } from '@tributary/observability';
import type { RoleRules } from '../roles/role-rules.js';
import type { Login } from '../principal.js';
import { UserFile } from './user-file.js';

const log = loggerFor('auth');

/** Lets those in whom one of the files knows; an empty file lets everybody in, without a name. */
export class BasicLogin {
  private readonly open: boolean;

  constructor(
    private readonly files: readonly UserFile[],
    private readonly roles: RoleRules,
  ) {
    this.open = files.some((file) => file.empty);
    if (this.open) log.warn('a file of users is empty: every request to the REST API is permitted');
  }

  login(authorization: string | undefined): Login {
    const given = credentialsIn(authorization);
    if (given !== undefined && this.files.some((file) => file.accepts(given.user, given.password))) {
      return { principal: { user: given.user, role: this.roles.roleOf([given.user]) } };
    }
    if (this.open) return { principal: { user: undefined, role: this.roles.roleOf([]) } };
    return { problem: given === undefined ? 'missing' : 'wrong' };
  }
}

/** Undefined where the header has another scheme, is no base64, or has no user before a colon. */
export function credentialsIn(authorization = ''): { user: string; password: string } | undefined {
  const encoded = /^basic ([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon > 0 ? { user: text.slice(0, colon), password: text.slice(colon + 1) } : undefined;
}
