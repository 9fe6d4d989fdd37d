import { X509Certificate, type KeyObject } from 'node:crypto';
import { ConfigError } from '@tributary/connect-api';
import type { SslProperties } from './ssl-properties.js';
import { pemCertificates, pemKey } from './stores/pem-store.js';
import { blaming, openStore, readStoreFile } from './stores/read-store.js';
import { StoreError, type KeyEntry, type Store } from './stores/store.js';
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
  const store = readKeyStore(ssl);
  if (store === undefined) {
    if (ssl.get(PASSWORD) === undefined) return undefined;
    throw new ConfigError('SSL key store is not specified, but key store password is specified.');
  }
  const identity = firstIdentity(ssl, store);
  if (identity !== undefined) return identity;
  throw ssl.invalid(LOCATION, ssl.get(LOCATION) ?? '', 'it holds no private key');
}

/** The first key of a store that the same properties name; undefined where it has none. */
export function firstIdentity(ssl: SslProperties, { keys }: Store): Identity | undefined {
  const [entry] = keys;
  const location = ssl.get(LOCATION);
  if (entry === undefined) return undefined;
  const [property, named] = location === undefined ? [INLINE_KEY, HIDDEN] : [LOCATION, location];
  return blaming(ssl, property, named, () => checked(entry));
}

/** What the key store holds, or the properties themselves; undefined where neither is given. */
export function readKeyStore(ssl: SslProperties): Store | undefined {
  const pem = isPemType(ssl, 'ssl.keystore.type');
  const location = ssl.get(LOCATION);
  const password = ssl.get(PASSWORD);
  const inlineKey = ssl.get(INLINE_KEY);
  const inlineChain = ssl.get(INLINE_CHAIN);
  if (inlineKey !== undefined || inlineChain !== undefined) return inlineStore(ssl, pem, inlineKey, inlineChain);
  if (location === undefined) return undefined;
  if (pem) {
    if (password !== undefined) throw new ConfigError(PEM_PASSWORD);
    const text = readStoreFile(ssl, LOCATION, location).toString('utf8');
    return blaming(ssl, LOCATION, location, () => pemStore(ssl, text, text));
  }
  if (password === undefined) {
    throw new ConfigError('SSL key store is specified, but key store password is not specified.');
  }
  const key = ssl.get('ssl.key.password');
  return openStore(ssl, LOCATION, location, { store: password, ...(key === undefined ? {} : { key }) });
}

/** What stands for a secret in messages, as in the reference. */
const HIDDEN = '[hidden]';

const PEM_PASSWORD = 'SSL key store password cannot be specified with PEM format, only key password may be specified.';

function inlineStore(ssl: SslProperties, pem: boolean, key: string | undefined, chain: string | undefined): Store {
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
  return blaming(ssl, INLINE_KEY, HIDDEN, () => pemStore(ssl, key, chain));
}

function pemStore(ssl: SslProperties, keyText: string, chainText: string): Store {
  const entry = { key: pemKey(keyText, ssl.get('ssl.key.password')), chain: pemCertificates(chainText) };
  return { keys: [entry], trusted: [] };
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
