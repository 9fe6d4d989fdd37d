import type { IncomingMessage } from 'node:http';
import type { SignedParts } from './signature.js';

const verified = new WeakMap<IncomingMessage, SignedParts>();

/** Its head was signed by a service of the cluster. */
export function rememberVerified(request: IncomingMessage, parts: SignedParts): void {
  verified.set(request, parts);
}

/** What the signature of a verified request covers; undefined where a request is not verified. */
export function verifiedParts(request: IncomingMessage): SignedParts | undefined {
  return verified.get(request);
}
