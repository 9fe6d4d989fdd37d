import { ConfigError } from '@tributary/connect-api';
import type { SslProperties } from './ssl-properties.js';
import { pemCertificates } from './stores/pem-store.js';
import { blaming, openStore, readStoreFile } from './stores/read-store.js';
import { StoreError, type Store } from './stores/store.js';
import { isPemType } from './stores/store-type.js';

const LOCATION = 'ssl.truststore.location';
const INLINE = 'ssl.truststore.certificates';

/** The certificates that are trusted, each in PEM; undefined where nothing is given and Node's own authorities count. */
export function readTrust(ssl: SslProperties): string[] | undefined {
  const pem = isPemType(ssl, 'ssl.truststore.type');
  const location = ssl.get(LOCATION);
  const password = ssl.get('ssl.truststore.password');
  const inline = ssl.get(INLINE);
  if (inline !== undefined) {
    if (!pem) {
      const type = ssl.get('ssl.truststore.type') ?? 'JKS';
      throw new ConfigError(`SSL trust store certs can be specified only for PEM, but trust store type is ${type}.`);
    }
    if (location !== undefined) {
      throw new ConfigError('Both SSL trust store location and separate trust certificates are specified.');
    }
  }
  if (pem && password !== undefined) {
    throw new ConfigError('SSL trust store password cannot be specified for PEM format.');
  }
  if (inline !== undefined) return blaming(ssl, INLINE, '[hidden]', () => pemCertificates(inline));
  if (location === undefined) {
    if (password === undefined) return undefined;
    throw new ConfigError('SSL trust store is not specified, but trust store password is specified.');
  }
  if (pem) {
    const text = readStoreFile(ssl, LOCATION, location).toString('utf8');
    return blaming(ssl, LOCATION, location, () => pemCertificates(text));
  }
  const passwords = password === undefined ? {} : { store: password };
  const store = openStore(ssl, LOCATION, location, passwords);
  return blaming(ssl, LOCATION, location, () => {
    const trusted = trustedBy(store);
    if (trusted.length === 0) throw new StoreError('it holds no certificate to trust');
    return trusted;
  });
}

/** As in Java, the own certificate of each key is trusted too. */
export function trustedBy({ trusted, keys }: Store): string[] {
  return [...trusted, ...keys.flatMap((each) => each.chain.slice(0, 1))];
}
