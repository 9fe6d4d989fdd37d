import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { hashOf } from '@tributary/config-schemas';
import type { SessionKey } from '@tributary/kafka-storage';

/**
 * The services sign requests among themselves with the session key that the leader keeps in the config topic:
 *
 *     X-Connect-Authorization: base64(MAC(session key, the parts below, one a line))
 *     X-Connect-Request-Signature-Algorithm: HmacSHA256
 *     X-Tributary-Request-Target: the origin of the URL that was called, http://host:port
 *     X-Tributary-Request-Time: milliseconds since the epoch
 *     X-Tributary-Request-Nonce: 16 random bytes, base64url
 *     X-Tributary-Body-Digest: SHA-256 of the bytes of the body, base64url
 *     X-Tributary-Forwarded: how many herders have handed the request on
 *
 * The reference signs the body alone. Here a request that was overheard can be neither altered, nor sent to another
 * process or path, nor sent again; and as the signature covers the body by its digest, it is checked before a body is read.
 */
export const SIGNATURE_HEADERS = {
  signature: 'x-connect-authorization',
  algorithm: 'x-connect-request-signature-algorithm',
  target: 'x-tributary-request-target',
  time: 'x-tributary-request-time',
  nonce: 'x-tributary-request-nonce',
  digest: 'x-tributary-body-digest',
  forwarded: 'x-tributary-forwarded',
} as const;

/** What a signature covers; all of it text without line ends. */
export interface SignedParts {
  readonly method: string;
  /** with the query string, as it is sent */
  readonly path: string;
  /** empty where there is none */
  readonly contentType: string;
  readonly target: string;
  readonly time: string;
  readonly nonce: string;
  readonly digest: string;
  readonly forwarded: string;
}

/** The origin of a base URL, by which the sender and the receiver of a request name the receiver. */
export function targetOf(baseUrl: string): string {
  return new URL(baseUrl).origin;
}

export function bodyDigest(body: string | Buffer): string {
  return createHash('sha256').update(body).digest('base64url');
}

export function signatureHeaders(key: SessionKey, algorithm: string, parts: SignedParts): Record<string, string> {
  const { target, time, nonce, digest, forwarded } = parts;
  return {
    [SIGNATURE_HEADERS.signature]: mac(key, algorithm, parts),
    [SIGNATURE_HEADERS.algorithm]: algorithm,
    [SIGNATURE_HEADERS.target]: target,
    [SIGNATURE_HEADERS.time]: time,
    [SIGNATURE_HEADERS.nonce]: nonce,
    [SIGNATURE_HEADERS.digest]: digest,
    [SIGNATURE_HEADERS.forwarded]: forwarded,
  };
}

/** Whether `signature`, in base64, was made with one of the keys. */
export function isSignedWith(
  keys: readonly SessionKey[],
  algorithm: string,
  parts: SignedParts,
  signature: string,
): boolean {
  const given = Buffer.from(signature);
  return keys.some((key) => {
    const expected = Buffer.from(mac(key, algorithm, parts));
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
}

function mac(key: SessionKey, algorithm: string, parts: SignedParts): string {
  const hash = hashOf(algorithm);
  if (hash === undefined) throw new Error(`no such signature algorithm: ${algorithm}`);
  const { method, path, contentType, target, time, nonce, digest, forwarded } = parts;
  const lines = [method, path, contentType, target, time, nonce, digest, forwarded];
  return createHmac(hash, key.key).update(lines.join('\n')).digest('base64');
}
