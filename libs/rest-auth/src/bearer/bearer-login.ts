import { ConfigError, type Config } from '@tributary/connect-api';
import { loggerFor } from '@tributary/observability';
import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { Login } from '../principal.js';
import { RoleRules } from '../roles/role-rules.js';
import { bearerToken } from './bearer-token.js';
import { keySet } from './key-set.js';

const log = loggerFor('auth');

/** What a token must be like, and which of its claims count. */
export interface TokenRules {
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly algorithms: readonly string[];
  readonly clockSkewMs: number;
  readonly userClaim: string;
  readonly rolesClaim: string;
  readonly roles: RoleRules;
}

/** Lets those in who show a JSON Web Token that the issuer has signed for this cluster, and that has not expired. */
export class BearerLogin {
  constructor(
    private readonly keys: JWTVerifyGetKey,
    private readonly rules: TokenRules,
  ) {}

  /** By `rest.auth.jwt.*`. Throws a {@link ConfigError} where the issuer or the audience is not said, or there are no keys. */
  static from(config: Config, jwks: string): BearerLogin {
    const issuer = config.optionalString('rest.auth.jwt.issuer');
    if (issuer === undefined) throw missing('rest.auth.jwt.issuer');
    const audience = config.list('rest.auth.jwt.audience');
    if (audience.length === 0) throw missing('rest.auth.jwt.audience');
    const names = (property: string) => ({ property, names: config.list(property) });
    return new BearerLogin(keySet(jwks), {
      issuer,
      audience,
      algorithms: config.list('rest.auth.jwt.algorithms'),
      clockSkewMs: config.int('rest.auth.jwt.clock.skew.ms'),
      userClaim: config.string('rest.auth.jwt.user.claim'),
      rolesClaim: config.string('rest.auth.jwt.roles.claim'),
      roles: new RoleRules(names('rest.auth.jwt.admin.roles'), names('rest.auth.jwt.read.only.roles')),
    });
  }

  async login(authorization: string | undefined): Promise<Login> {
    const token = bearerToken(authorization);
    if (token === undefined) return { problem: 'missing' };
    const { issuer, audience, algorithms, clockSkewMs, userClaim, rolesClaim, roles } = this.rules;
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        issuer,
        audience: [...audience],
        algorithms: [...algorithms],
        clockTolerance: clockSkewMs / 1000,
        requiredClaims: ['exp'],
      });
      const user = claim(payload, userClaim);
      if (typeof user !== 'string' || user === '') return refused(`its claim ${userClaim} is no name`);
      return { principal: { user, role: roles.roleOf(textsIn(claim(payload, rolesClaim))) } };
    } catch (error) {
      if (error instanceof errors.JOSEError && !UNREACHABLE.has(error.code)) return refused(error.message);
      log.warn({ err: error }, 'a bearer token could not be checked');
      return { problem: 'unchecked' };
    }
  }
}

/** Of errors that say nothing about the token: its issuer did not hand out keys. */
const UNREACHABLE: ReadonlySet<string> = new Set([
  errors.JWKSTimeout.code,
  errors.JWKSInvalid.code,
  errors.JOSEError.code,
]);

function refused(reason: string): Login {
  log.debug({ reason }, 'a bearer token was refused');
  return { problem: 'wrong' };
}

/** The claim of that name, or else the one to which its dots lead: `realm_access.roles`. */
function claim(payload: JWTPayload, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name];
  let value: unknown = payload;
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[part];
  }
  return value;
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.split(' ').filter((text) => text !== '');
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
}

const missing = (property: string) =>
  new ConfigError(
    `Missing required configuration "${property}": bearer tokens (rest.auth.jwt.jwks) are checked with it`,
  );
