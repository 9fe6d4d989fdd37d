import { getCiphers } from 'node:tls';
import type { SslProperties } from './ssl-properties.js';

const PROPERTY = 'ssl.cipher.suites';
const UNSUPPORTED =
  'not a cipher suite that is supported; allowed are the JVM names of suites with AES or ChaCha20 for TLS 1.2 and 1.3, ' +
  'e.g. TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';
const TLS_1_3 = /^TLS_(AES_128_GCM_SHA256|AES_256_GCM_SHA384|CHACHA20_POLY1305_SHA256|AES_128_CCM(_8)?_SHA256)$/;
const TLS_1_2 = /^TLS_((?:(?:EC)?DHE_)?(?:RSA|ECDSA))_WITH_(AES_(?:128|256)_(?:GCM|CBC)|CHACHA20_POLY1305)_(SHA\d*)$/;

/** The suites of the property by OpenSSL's names; none where all that are safe may be used. */
export function cipherSuites(ssl: SslProperties): string[] {
  const available = new Set(getCiphers());
  return ssl.list(PROPERTY).map((name) => {
    const suite = openSslName(name);
    if (suite !== undefined && available.has(suite.toLowerCase())) return suite;
    throw ssl.invalid(PROPERTY, name, UNSUPPORTED);
  });
}

/** Whether a name in OpenSSL's list is of a suite for TLS 1.3: those fit no older version, and older ones not TLS 1.3. */
export function isForTls13(suite: string): boolean {
  return suite.startsWith('TLS_');
}

/** Node and OpenSSL name suites of TLS 1.3 as the JVM does; older ones as `ECDHE-RSA-AES128-GCM-SHA256`. */
export function openSslName(name: string): string | undefined {
  if (TLS_1_3.test(name)) return name;
  const [, exchange, cipher, hash] = TLS_1_2.exec(name) ?? [];
  if (exchange === undefined || cipher === undefined || hash === undefined) return undefined;
  const parts = [
    ...(exchange === 'RSA' ? [] : [exchange.replace('_', '-')]),
    cipher.replace('AES_', 'AES').replace('_CBC', '').replaceAll('_', '-'),
    ...(cipher.startsWith('CHACHA20') ? [] : [hash]),
  ];
  return parts.join('-');
}
