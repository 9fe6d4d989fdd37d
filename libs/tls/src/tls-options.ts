import type { ConnectionOptions, SecureContextOptions } from 'node:tls';
import { cipherSuites } from './cipher-suites.js';
import { jvmOnlyProperties } from './jvm-only.js';
import { readIdentity } from './key-store.js';
import { protocolVersions } from './protocols.js';
import type { SslProperties } from './ssl-properties.js';
import { readTrust } from './trust-store.js';

const IDENTIFICATION = 'ssl.endpoint.identification.algorithm';

/**
 * What a client gives to `tls.connect`. Throws a ConfigError that names the property, and the file, but no secret.
 */
export function clientTlsOptions(ssl: SslProperties): ConnectionOptions {
  const algorithm = ssl.given(IDENTIFICATION)?.toLowerCase() ?? 'https';
  if (algorithm !== 'https' && algorithm !== '') {
    throw ssl.invalid(IDENTIFICATION, algorithm, 'allowed are https, and nothing for no check of the host name');
  }
  return { ...contextOptions(ssl), ...(algorithm === 'https' ? {} : { checkServerIdentity: () => undefined }) };
}

/** A trusted certificate needs no authority above it that is trusted too: so it is in Java. */
function contextOptions(ssl: SslProperties): SecureContextOptions {
  jvmOnlyProperties(ssl);
  const ca = readTrust(ssl);
  const suites = cipherSuites(ssl);
  return {
    ...protocolVersions(ssl, suites),
    ...readIdentity(ssl),
    ...(ca === undefined ? {} : { ca, allowPartialTrustChain: true }),
    ...(suites.length === 0 ? {} : { ciphers: suites.join(':') }),
  };
}
