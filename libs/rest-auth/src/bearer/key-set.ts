import { readFileSync } from 'node:fs';
import { ConfigError } from '@tributary/connect-api';
import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';

/** How long the issuer may take to hand out its keys, milliseconds. */
const FETCH_TIMEOUT_MS = 5_000;
/** Keys that are not known are not asked for more often, milliseconds. */
const COOLDOWN_MS = 30_000;

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The public keys of `rest.auth.jwt.jwks`: of a file, which is read again where a token names a key that it had not, or
 * of a URL, fetched when needed. Throws a {@link ConfigError} for a file that cannot be read and a URL that others could
 * answer for.
 */
export function keySet(location: string): JWTVerifyGetKey {
  return /^https?:/i.test(location) ? remoteKeys(location) : fileKeys(location);
}

function remoteKeys(location: string): JWTVerifyGetKey {
  const url = URL.canParse(location) ? new URL(location) : undefined;
  if (url === undefined || (url.protocol === 'http:' && !LOOPBACK.includes(url.hostname))) {
    throw new ConfigError(
      `Invalid value ${location} for configuration rest.auth.jwt.jwks: must be a file or an https URL; http is for this ` +
        'machine alone',
    );
  }
  return createRemoteJWKSet(url, { timeoutDuration: FETCH_TIMEOUT_MS, cooldownDuration: COOLDOWN_MS });
}

function fileKeys(file: string): JWTVerifyGetKey {
  let text = '';
  let keys = read();

  function read(): ReturnType<typeof createLocalJWKSet> {
    try {
      text = readFileSync(file, 'utf8');
      return createLocalJWKSet(JSON.parse(text));
    } catch (cause) {
      const reason = cause instanceof Error && 'syscall' in cause ? cause.message : 'it is no JSON Web Key Set';
      throw new ConfigError(`Could not read the file of rest.auth.jwt.jwks ${file}: ${reason}`, { cause });
    }
  }

  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      const before = text;
      keys = read();
      if (text === before) throw error;
      return keys(header, token);
    }
  };
}
