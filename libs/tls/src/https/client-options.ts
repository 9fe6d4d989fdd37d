import { checkServerIdentity, type ConnectionOptions } from 'node:tls';
import { ConfigError } from '@tributary/connect-api';
import type { SslProperties } from '../ssl-properties.js';
import { accepted, httpsContext } from './context.js';

const IDENTIFICATION = 'ssl.endpoint.identification.algorithm';

/**
 * With what a service connects to another one over HTTPS. Throws a ConfigError that names the property, and the file, but no
 * secret.
 */
export function httpsClientOptions(ssl: SslProperties): ConnectionOptions {
  const algorithm = ssl.given(IDENTIFICATION)?.toLowerCase() ?? 'https';
  if (!['https', 'ldaps', ''].includes(algorithm)) {
    throw ssl.invalid(IDENTIFICATION, algorithm, 'allowed are https, and nothing for no check of the host name');
  }
  const { identity, options, unusable } = httpsContext(ssl);
  if (unusable !== undefined) throw new ConfigError(unusable);
  const check = algorithm === '' ? () => undefined : checkServerIdentity;
  return { ...accepted(ssl, { ...options, ...identity }), checkServerIdentity: check };
}
