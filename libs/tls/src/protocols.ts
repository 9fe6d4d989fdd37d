import type { SecureContextOptions, SecureVersion } from 'node:tls';
import { isForTls13 } from './cipher-suites.js';
import type { SslProperties } from './ssl-properties.js';

const ENABLED = 'ssl.enabled.protocols';
const SPOKEN = ['TLSv1.2', 'TLSv1.3'] as const satisfies readonly SecureVersion[];
/** Names that Java knows and has disabled. */
const DISABLED = ['SSLv2Hello', 'SSLv3', 'TLSv1', 'TLSv1.1'];
const CONTEXTS = ['TLS', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3', 'SSL', 'SSLv2', 'SSLv3'];

/**
 * The oldest and newest version that may be spoken: of those enabled, the ones that the suites (OpenSSL's names; none:
 * any) can be used with. `ssl.protocol` only has to be a name that Java knows.
 */
export function protocolVersions(ssl: SslProperties, suites: readonly string[]): SecureContextOptions {
  ssl.oneOf('ssl.protocol', CONTEXTS, 'TLSv1.3');
  const names = ssl.get(ENABLED) === undefined ? [...SPOKEN] : ssl.list(ENABLED);
  const unknown = names.find((name) => ![...SPOKEN, ...DISABLED].includes(name));
  const enabled = SPOKEN.filter((version) => names.includes(version));
  if (unknown !== undefined || enabled.length === 0) {
    throw ssl.invalid(ENABLED, unknown ?? names.join(','), `allowed are ${SPOKEN.join(', ')}`);
  }
  const fitting = enabled.filter(
    (version) => suites.length === 0 || suites.some((suite) => isForTls13(suite) === (version === 'TLSv1.3')),
  );
  const [oldest, newest] = [fitting[0], fitting.at(-1)];
  if (oldest === undefined || newest === undefined) {
    throw ssl.invalid(ENABLED, enabled.join(','), 'none of ssl.cipher.suites is for these versions');
  }
  return { minVersion: oldest, maxVersion: newest };
}
