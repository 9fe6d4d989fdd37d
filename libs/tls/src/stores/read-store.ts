import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SslProperties } from '../ssl-properties.js';
import { isJks, readJks } from './jks-store.js';
import { isPkcs12, readPkcs12 } from './pkcs12-store.js';
import { StoreError, type Store, type StorePasswords } from './store.js';

/** Opening a PKCS12 store takes some tenths of a second, and every client of a worker opens the same one. */
const opened = new Map<string, Store>();
const REMEMBERED = 16;

/** The bytes of the file that the property names. */
export function readStoreFile(ssl: SslProperties, property: string, location: string): Buffer {
  try {
    return readFileSync(location);
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw ssl.invalid(property, location, missing ? 'the file does not exist' : 'the file cannot be read', cause);
  }
}

/**
 * Opens a store in a file. As in Java, the content tells whether it is JKS or PKCS12, so that the default type fits what
 * keytool writes today. An unchanged file is opened once.
 */
export function openStore(ssl: SslProperties, property: string, location: string, passwords: StorePasswords): Store {
  const content = readStoreFile(ssl, property, location);
  const secret = createHash('sha256')
    .update(JSON.stringify([passwords.store, passwords.key]))
    .update(content);
  const id = secret.digest('base64');
  const known = opened.get(id);
  if (known !== undefined) return known;
  const store = blaming(ssl, property, location, () => parse(content, passwords));
  if (opened.size >= REMEMBERED) opened.clear();
  opened.set(id, store);
  return store;
}

/** Runs what reads a store; its errors get the property's name and the file's. */
export function blaming<T>(ssl: SslProperties, property: string, value: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const reason = cause instanceof StoreError ? cause.message : 'its content cannot be read';
    throw ssl.invalid(property, value, reason, cause);
  }
}

function parse(content: Buffer, passwords: StorePasswords): Store {
  if (isJks(content)) return readJks(content, passwords);
  if (isPkcs12(content)) return readPkcs12(content, passwords);
  const text = content.subarray(0, 4096).toString('latin1');
  throw new StoreError(
    text.includes('-----BEGIN ') ? 'it is in PEM: set the type to PEM' : 'it is neither a JKS nor a PKCS12 store',
  );
}
