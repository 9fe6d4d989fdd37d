import type { SecureVersion } from 'node:tls';
import { isForTls13 } from '../cipher-suites.js';
import type { SslProperties } from '../ssl-properties.js';

const PROTOCOL = 'ssl.protocol';
const SPOKEN = ['TLSv1.2', 'TLSv1.3'] as const satisfies readonly SecureVersion[];

type Spoken = (typeof SPOKEN)[number];

/** What a JVM's context of each name speaks at most, of what is spoken at all. */
const CONTEXTS: Readonly<Record<string, readonly Spoken[]>> = {
  TLS: SPOKEN,
  SSL: SPOKEN,
  'TLSv1.3': SPOKEN,
  'TLSv1.2': ['TLSv1.2'],
  'TLSv1.1': [],
  TLSv1: [],
  SSLv3: [],
  DTLS: [],
  'DTLSv1.2': [],
  'DTLSv1.0': [],
};

/**
 * The versions that may be spoken, oldest first: enabled by `ssl.enabled.protocols`, within the context that `ssl.protocol`
 * names, and with a suite of these (OpenSSL's names). As in the reference, unknown names are left out, so there may be none.
 */
export function httpsVersions(ssl: SslProperties, suites: readonly string[]): Spoken[] {
  const context = contextOf(ssl);
  const names = ssl.list('ssl.enabled.protocols');
  return SPOKEN.filter(
    (version) =>
      context.includes(version) &&
      (names.length === 0 || names.includes(version)) &&
      suites.some((suite) => isForTls13(suite) === (version === 'TLSv1.3')),
  );
}

/** Java does not mind the case of these names. */
function contextOf(ssl: SslProperties): readonly Spoken[] {
  const name = ssl.given(PROTOCOL);
  if (name === undefined) return SPOKEN;
  const found = Object.entries(CONTEXTS).find(([known]) => known.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found[1];
  throw ssl.invalid(PROTOCOL, name, `String must be one of: ${Object.keys(CONTEXTS).join(', ')}`);
}
