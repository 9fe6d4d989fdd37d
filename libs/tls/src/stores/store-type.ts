import type { SslProperties } from '../ssl-properties.js';

/** Whether the store is in PEM; Java's formats are told apart by what is in the file. */
export function isPemType(ssl: SslProperties, property: string): boolean {
  const type = ssl.get(property) ?? 'JKS';
  if (type === 'PEM') return true;
  if (!['JKS', 'PKCS12'].includes(type.toUpperCase())) {
    throw ssl.invalid(property, type, 'String must be one of: JKS, PKCS12, PEM');
  }
  return false;
}
