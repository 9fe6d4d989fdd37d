import type { TlsOptions } from 'node:tls';
import type { SslProperties } from '../ssl-properties.js';
import { accepted, httpsContext } from './context.js';

export interface HttpsServerOptions {
  readonly options: TlsOptions;
  /** why every client will be refused, as the reference starts all the same; undefined where they are not */
  readonly unusable: string | undefined;
}

/**
 * What an https listener gives to Node. Throws a ConfigError that names the property, and the file, but no secret, for what
 * the reference does not start with either.
 *
 * `ssl.client.auth=requested`: who shows a certificate that is not trusted is to be refused. Node leaves that to its caller,
 * see `rejectUnauthorized`.
 */
export function httpsServerOptions(ssl: SslProperties): HttpsServerOptions {
  const auth = ssl.oneOf('ssl.client.auth', ['required', 'requested', 'none'], 'none');
  const { identity, options, unusable } = httpsContext(ssl);
  const asked = { requestCert: auth !== 'none', rejectUnauthorized: auth === 'required' };
  const reason = unusable ?? (identity === undefined ? noKey(ssl) : undefined);
  // Certificates may come later; what is asked of clients is settled when a server is made.
  const usable = reason === undefined ? { ...accepted(ssl, { ...options, ...identity }), dhparam: 'auto' } : {};
  return { options: { ...usable, ...asked }, unusable: reason };
}

function noKey(ssl: SslProperties): string {
  const location = ssl.get('ssl.keystore.location');
  const property = ssl.fullName('ssl.keystore.location');
  return location === undefined
    ? `there is no key: ${property} is not set`
    : `there is no key in ${location} (${property})`;
}
