import { openSslName } from '../cipher-suites.js';
import type { SslProperties } from '../ssl-properties.js';

const PROPERTY = 'ssl.cipher.suites';

/** What the reference offers over HTTPS, best first: all with forward secrecy, none with SHA-1. */
const OFFERED = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_AES_128_GCM_SHA256',
  'TLS_CHACHA20_POLY1305_SHA256',
  ...['ECDHE_ECDSA', 'ECDHE_RSA', 'DHE_RSA'].flatMap((exchange) => [
    `TLS_${exchange}_WITH_AES_256_GCM_SHA384`,
    `TLS_${exchange}_WITH_CHACHA20_POLY1305_SHA256`,
    `TLS_${exchange}_WITH_AES_128_GCM_SHA256`,
  ]),
  'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
  'TLS_DHE_RSA_WITH_AES_256_CBC_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
  'TLS_DHE_RSA_WITH_AES_128_CBC_SHA256',
];

/**
 * The suites by OpenSSL's names, best first. As in the reference, each entry of the property is a regular expression over
 * whole names of the JVM, the order of the entries counts, and what is not offered is left out; so there may be none.
 */
export function httpsSuites(ssl: SslProperties): string[] {
  const entries = ssl.list(PROPERTY);
  const names = entries.length === 0 ? OFFERED : entries.flatMap((entry) => OFFERED.filter(matches(ssl, entry)));
  return [...new Set(names)].flatMap((name) => openSslName(name) ?? []);
}

function matches(ssl: SslProperties, entry: string): (name: string) => boolean {
  try {
    const pattern = new RegExp(`^(?:${entry})$`);
    return (name) => pattern.test(name);
  } catch (cause) {
    throw ssl.invalid(PROPERTY, entry, "neither a cipher suite's name nor a regular expression for some", cause);
  }
}
