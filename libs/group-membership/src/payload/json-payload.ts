import { gunzipSync, gzipSync } from 'node:zlib';

/** Beyond this, bytes, a payload is compressed: the broker keeps all members' payloads of a group in one record of 1 MB. */
const PLAIN_LIMIT = 2048;
const GZIP_MAGIC = 0x1f;
const UNPACKED_LIMIT = 64 * 1024 * 1024;

export type JsonMembers = Readonly<Record<string, unknown>>;

export function encodePayload(value: JsonMembers): Buffer {
  const plain = Buffer.from(JSON.stringify(value), 'utf8');
  return plain.length > PLAIN_LIMIT ? gzipSync(plain) : plain;
}

/** Undefined where the bytes are no payload of ours. */
export function decodePayload(bytes: Buffer): JsonMembers | undefined {
  try {
    const plain = bytes[0] === GZIP_MAGIC ? gunzipSync(bytes, { maxOutputLength: UNPACKED_LIMIT }) : bytes;
    const value: unknown = JSON.parse(plain.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonMembers) : undefined;
  } catch {
    return undefined;
  }
}

export const stringOr = <T>(value: unknown, otherwise: T): string | T =>
  typeof value === 'string' ? value : otherwise;
export const numberOr = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
