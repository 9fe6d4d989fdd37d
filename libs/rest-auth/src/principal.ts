import type { RestFilter } from '@tributary/connect-api';

/** `read-only` may read, `admin` may also change. */
export type Role = 'read-only' | 'admin';

/** Who sent a request. */
export interface Principal {
  /** undefined where nobody asked for a name */
  readonly user: string | undefined;
  /** undefined: known, but may not do anything */
  readonly role: Role | undefined;
}

/**
 * What came of a login: somebody, or why not. `missing`: nobody tried; `wrong`: what was shown is not accepted;
 * `unchecked`: it could not be told, and may be another time.
 */
export type Login = { readonly principal: Principal } | { readonly problem: 'missing' | 'wrong' | 'unchecked' };

type Request = Parameters<RestFilter>[0];

/** Users by password and users by token are different people, though their names may be the same. */
export type LoggedIn = Principal & { readonly by: 'password' | 'token' };

const principals = new WeakMap<Request, LoggedIn>();

export function rememberPrincipal(request: Request, principal: LoggedIn): void {
  principals.set(request, principal);
}

/** Undefined before a login, and where none is asked for. */
export function principalOf(request: Request): LoggedIn | undefined {
  return principals.get(request);
}

/** What changes nothing, wherever it is sent. */
export function isRead(method: string | undefined): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

/** Without the query, which may hold anything. */
export function pathOf(request: Request): string {
  return request.url?.split('?')[0] ?? '';
}
