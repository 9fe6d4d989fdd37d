import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { firstIdentity, readKeyStore, type Identity } from '../key-store.js';
import { httpsJvmOnlyProperties } from '../jvm-only.js';
import type { SslProperties } from '../ssl-properties.js';
import { readTrust, trustedBy } from '../trust-store.js';
import { httpsSuites } from './suites.js';
import { httpsVersions } from './versions.js';

const KEY_STORE = 'ssl.keystore.location';

/** What both sides of HTTPS need. */
export interface HttpsContext {
  readonly identity: Identity | undefined;
  readonly options: SecureContextOptions;
  /** why no handshake can succeed with these properties; undefined where one can */
  readonly unusable: string | undefined;
}

/**
 * The `ssl.*` properties as the reference takes them for HTTPS, which is in part not as it does for Kafka: the key store is
 * the trust store too where no other is given; suites and versions that there are not are left out.
 */
export function httpsContext(ssl: SslProperties): HttpsContext {
  httpsJvmOnlyProperties(ssl);
  const store = readKeyStore(ssl);
  const identity = store && firstIdentity(ssl, store);
  const ca = readTrust(ssl) ?? (store && trustedBy(store));
  const suites = httpsSuites(ssl);
  const versions = httpsVersions(ssl, suites);
  const [oldest, newest] = [versions[0], versions.at(-1)];
  return {
    identity,
    options: {
      ...(ca === undefined ? {} : { ca, allowPartialTrustChain: true }),
      ...(oldest === undefined ? {} : { minVersion: oldest, maxVersion: newest, ciphers: suites.join(':') }),
    },
    unusable: oldest === undefined ? nothingLeft(ssl, suites) : undefined,
  };
}

/** The same options; throws a ConfigError where OpenSSL does not take them, because of a key that is too short for example. */
export function accepted(ssl: SslProperties, options: SecureContextOptions): SecureContextOptions {
  try {
    createSecureContext(options);
    return options;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const property = ssl.get(KEY_STORE) === undefined ? 'ssl.truststore.location' : KEY_STORE;
    throw ssl.invalid(property, ssl.get(property) ?? '[hidden]', `what it holds cannot be used: ${reason}`, cause);
  }
}

function nothingLeft(ssl: SslProperties, suites: readonly string[]): string {
  const names = ['ssl.cipher.suites', ...(suites.length === 0 ? [] : ['ssl.enabled.protocols', 'ssl.protocol'])];
  const what = suites.length === 0 ? 'no cipher suite' : 'no version of TLS';
  return `${what} is left by ${names.map((name) => ssl.fullName(name)).join(', ')}`;
}
