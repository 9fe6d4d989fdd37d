import type { KeyObject } from 'node:crypto';

/** A private key and its certificates in PEM, the key's own first. */
export interface KeyEntry {
  readonly key: KeyObject;
  readonly chain: readonly string[];
}

/** What a key store or trust store holds. */
export interface Store {
  readonly keys: readonly KeyEntry[];
  /** in PEM, without those that belong to keys */
  readonly trusted: readonly string[];
}

/** Passwords of a store; without one for the keys, that of the store opens them. */
export interface StorePasswords {
  readonly store?: string;
  readonly key?: string;
}

/** Thrown when a store cannot be opened: its message ends a sentence that has named property and file. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

/** A certificate in DER as PEM. */
export function certificatePem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
