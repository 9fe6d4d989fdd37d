import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SessionKey } from '@tributary/kafka-storage';

/**
 * The services sign requests among themselves with the session key that the leader keeps in the config topic:
 *
 *     X-Connect-Authorization: base64(MAC(key, method \n path with query \n time \n body))
 *     X-Connect-Request-Signature-Algorithm: HmacSHA256
 *     X-Tributary-Request-Time: milliseconds since the epoch
 *
 * The reference signs the body alone; method, path and time are covered here too, so that a request that was overheard
 * can be neither redirected nor replayed later.
 */
export const SIGNATURE_HEADERS = {
  signature: 'x-connect-authorization',
  algorithm: 'x-connect-request-signature-algorithm',
  time: 'x-tributary-request-time',
} as const;

/** How old or how far ahead a signed request may be, milliseconds: the services' clocks need not agree to the second. */
export const MAX_CLOCK_SKEW_MS = 60_000;

const NODE_ALGORITHM: Readonly<Record<string, string>> = {
  HmacSHA1: 'sha1',
  HmacSHA224: 'sha224',
  HmacSHA256: 'sha256',
  HmacSHA384: 'sha384',
  HmacSHA512: 'sha512',
};

export interface SignedParts {
  readonly method: string;
  /** with the query string */
  readonly path: string;
  readonly body: string;
}

export function signatureHeaders(key: SessionKey, parts: SignedParts, now: number): Record<string, string> {
  return {
    [SIGNATURE_HEADERS.signature]: mac(key, key.algorithm, parts, String(now)).toString('base64'),
    [SIGNATURE_HEADERS.algorithm]: key.algorithm,
    [SIGNATURE_HEADERS.time]: String(now),
  };
}

/** Why a request is refused, undefined where its signature is good. */
export function signatureProblem(
  keys: readonly SessionKey[],
  parts: SignedParts,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  now: number,
): string | undefined {
  const [signature, algorithm, time] = [
    SIGNATURE_HEADERS.signature,
    SIGNATURE_HEADERS.algorithm,
    SIGNATURE_HEADERS.time,
  ].map((name) => headers[name]);
  if (typeof signature !== 'string' || typeof algorithm !== 'string' || typeof time !== 'string') {
    return 'Internal request missing required signature';
  }
  if (!(Math.abs(now - Number(time)) <= MAX_CLOCK_SKEW_MS)) return 'Internal request is too old or from the future';
  const given = Buffer.from(signature, 'base64');
  const good = keys.some((key) => {
    if (key.algorithm !== algorithm) return false;
    const expected = mac(key, algorithm, parts, time);
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
  return good ? undefined : 'Internal request contained invalid signature.';
}

function mac(key: SessionKey, algorithm: string, parts: SignedParts, time: string): Buffer {
  const hash = NODE_ALGORITHM[algorithm];
  if (hash === undefined) throw new Error(`no such signature algorithm: ${algorithm}`);
  return createHmac(hash, key.key).update(`${parts.method}\n${parts.path}\n${time}\n${parts.body}`).digest();
}
