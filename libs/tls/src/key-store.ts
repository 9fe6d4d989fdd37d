import { X509Certificate, type KeyObject } from 'node:crypto';
import { ConfigError } from '@tributary/connect-api';
import type { SslProperties } from './ssl-properties.js';
import { pemCertificates, pemKey } from './stores/pem-store.js';
import { blaming, openStore, readStoreFile } from './stores/read-store.js';
import { StoreError, type KeyEntry } from './stores/store.js';
import { isPemType } from './stores/store-type.js';

/** What one side shows to the other: its private key, not encrypted, and its certificates, in PEM. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
}

const LOCATION = 'ssl.keystore.location';
const PASSWORD = 'ssl.keystore.password';
const INLINE_KEY = 'ssl.keystore.key';
const INLINE_CHAIN = 'ssl.keystore.certificate.chain';

/** The first key of the key store, or the key in the properties; undefined where there is neither. */
export function readIdentity(ssl: SslProperties): Identity | undefined {
  const pem = isPemType(ssl, 'ssl.keystore.type');
  const location = ssl.get(LOCATION);
  const password = ssl.get(PASSWORD);
  const inlineKey = ssl.get(INLINE_KEY);
  const inlineChain = ssl.get(INLINE_CHAIN);
  if (inlineKey !== undefined || inlineChain !== undefined) return inlineIdentity(ssl, pem, inlineKey, inlineChain);
  if (location === undefined) {
    if (password === undefined) return undefined;
    throw new ConfigError('SSL key store is not specified, but key store password is specified.');
  }
  if (pem) {
    if (password !== undefined) throw new ConfigError(PEM_PASSWORD);
    const text = readStoreFile(ssl, LOCATION, location).toString('utf8');
    return blaming(ssl, LOCATION, location, () => pemIdentity(ssl, text, text));
  }
  if (password === undefined) {
    throw new ConfigError('SSL key store is specified, but key store password is not specified.');
  }
  const key = ssl.get('ssl.key.password');
  const store = openStore(ssl, LOCATION, location, { store: password, ...(key === undefined ? {} : { key }) });
  return blaming(ssl, LOCATION, location, () => {
    const [entry] = store.keys;
    if (entry === undefined) throw new StoreError('it holds no private key');
    return checked(entry);
  });
}

const PEM_PASSWORD = 'SSL key store password cannot be specified with PEM format, only key password may be specified.';

function inlineIdentity(
  ssl: SslProperties,
  pem: boolean,
  key: string | undefined,
  chain: string | undefined,
): Identity | undefined {
  if (key === undefined) throw new ConfigError('SSL certificate chain is specified, but private key is not specified');
  if (chain === undefined) {
    throw new ConfigError('SSL private key is specified, but certificate chain is not specified.');
  }
  if (!pem) {
    const type = ssl.get('ssl.keystore.type') ?? 'JKS';
    throw new ConfigError(`SSL private key can be specified only for PEM, but key store type is ${type}.`);
  }
  if (ssl.get(LOCATION) !== undefined) {
    throw new ConfigError('Both SSL key store location and separate private key are specified.');
  }
  if (ssl.get(PASSWORD) !== undefined) throw new ConfigError(PEM_PASSWORD);
  // The value is a secret: the file's place in the message is taken by what the reference shows for one.
  return blaming(ssl, INLINE_KEY, '[hidden]', () => pemIdentity(ssl, key, chain));
}

function pemIdentity(ssl: SslProperties, keyText: string, chainText: string): Identity {
  return checked({ key: pemKey(keyText, ssl.get('ssl.key.password')), chain: pemCertificates(chainText) });
}

function checked({ key, chain }: KeyEntry): Identity {
  const [own] = chain;
  if (own === undefined) throw new StoreError('its private key has no certificate');
  if (!new X509Certificate(own).checkPrivateKey(key)) {
    throw new StoreError('its first certificate does not belong to its private key');
  }
  return { key: keyPem(key), cert: chain.join('') };
}

function keyPem(key: KeyObject): string {
  return key.export({ format: 'pem', type: 'pkcs8' }).toString();
}
