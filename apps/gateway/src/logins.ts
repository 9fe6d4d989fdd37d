import type { WorkerConfig } from '@tributary/config-schemas';
import { AuthenticationExtension } from '@tributary/rest-auth';

/** How clients log in, at least by one of the two, and what they may read without. */
export interface Logins {
  readonly basic: boolean;
  readonly bearer: boolean;
  readonly openPaths: readonly string[];
}

/** Undefined where nothing asks for a login. */
export function loginsOf(config: WorkerConfig): Logins | undefined {
  const basic = config.list('rest.extension.classes').includes(AuthenticationExtension.className);
  const bearer = config.isSet('rest.auth.jwt.jwks');
  return basic || bearer ? { basic, bearer, openPaths: config.list('rest.auth.open.paths') } : undefined;
}
