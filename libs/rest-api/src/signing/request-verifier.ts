import type { IncomingMessage } from 'node:http';
import { RestError } from '../errors/rest-error.js';
import { SeenNonces, TooManyNoncesError } from './seen-nonces.js';
import type { SessionKeys } from './session-keys.js';
import { isSignedWith, SIGNATURE_HEADERS, type SignedParts } from './signature.js';

/** How old or how far ahead a signed request may be, milliseconds: the services' clocks need not agree to the second. */
export const MAX_CLOCK_SKEW_MS = 60_000;

/** The line and headers of a request. */
export type RequestHead = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

/** What a request says of its signature, not yet believed. */
export interface SignatureClaim {
  readonly signature: string;
  readonly algorithm: string;
  readonly parts: SignedParts;
}

/** undefined where headers are missing or malformed: such a request is not signed at all. */
export function signatureClaimOf({ method = '', url = '', headers }: RequestHead): SignatureClaim | undefined {
  const values = Object.values(SIGNATURE_HEADERS).map((name) => headers[name]);
  if (!values.every((value) => typeof value === 'string')) return undefined;
  const [signature, algorithm, target, time, nonce, digest, forwarded] = values as FixedStrings;
  const wellFormed =
    /^\d{1,15}$/.test(time) &&
    /^[\w-]{22}$/.test(nonce) &&
    /^[\w-]{43}$/.test(digest) &&
    /^\d$/.test(forwarded) &&
    signature !== '';
  if (!wellFormed) return undefined;
  const contentType = headers['content-type'] ?? '';
  const parts = { method, path: url, contentType, target, time, nonce, digest, forwarded };
  return { signature, algorithm, parts };
}

type FixedStrings = [string, string, string, string, string, string, string];

/** Tells requests of the cluster's own services from all others, by their heads. */
export class RequestVerifier {
  private readonly nonces: SeenNonces;
  private readonly startedAt: number;

  constructor(
    private readonly keys: SessionKeys,
    /** the origin by which others call this process; undefined while it is not known */
    private readonly ownTarget: () => string | undefined,
    private readonly now: () => number = Date.now,
    nonces = new SeenNonces(2 * MAX_CLOCK_SKEW_MS),
  ) {
    this.nonces = nonces;
    this.startedAt = now();
  }

  /**
   * Why a request is refused, undefined where it is good: 403 for what was not signed by a service of this cluster, for
   * this process, just now, and never seen before; 503 where that cannot be told at the moment, so that it may be sent
   * again. To be asked once for each request.
   */
  async problem(claim: SignatureClaim): Promise<RestError | undefined> {
    const { parts } = claim;
    return (
      this.claimProblem(claim) ??
      (await this.signatureProblem(claim)) ??
      // Nothing may be awaited from here on: two copies of a request could pass.
      this.replayProblem(parts)
    );
  }

  private claimProblem({ algorithm, parts }: SignatureClaim): RestError | undefined {
    const { verification } = this.keys.algorithms;
    if (!verification.some((each) => each.toLowerCase() === algorithm.toLowerCase())) {
      return new RestError(
        403,
        'This worker does not support the key signing algorithm of an internal request; it is configured to use ' +
          `[${verification.join(', ')}] (inter.worker.verification.algorithms), which must be the same for all workers`,
      );
    }
    const target = this.ownTarget();
    if (target === undefined) return new RestError(503, NO_KEY);
    if (parts.target !== target) {
      return new RestError(403, `Internal request was signed for another worker than this one, ${target}`);
    }
    if (Math.abs(this.now() - Number(parts.time)) > MAX_CLOCK_SKEW_MS) {
      return new RestError(403, 'Internal request is too old or from the future: the clocks of workers must agree');
    }
    return undefined;
  }

  private async signatureProblem({ signature, algorithm, parts }: SignatureClaim): Promise<RestError | undefined> {
    const isGood = () => isSignedWith(this.keys.accepted(), algorithm, parts, signature);
    if (isGood()) return undefined;
    try {
      await this.keys.refresh();
    } catch (cause) {
      return new RestError(503, 'The session keys of the cluster cannot be read now', { cause });
    }
    if (isGood()) return undefined;
    return this.keys.current() === undefined
      ? new RestError(503, NO_KEY)
      : new RestError(403, 'Internal request contained invalid signature.');
  }

  private replayProblem({ time, nonce }: SignedParts): RestError | undefined {
    // A process before this one may have seen it, at the same address.
    if (Number(time) < this.startedAt) return new RestError(503, 'Internal request is older than this worker');
    try {
      return this.nonces.isNew(nonce) ? undefined : new RestError(403, 'Internal request was seen before');
    } catch (cause) {
      if (cause instanceof TooManyNoncesError) return new RestError(503, 'Too many internal requests', { cause });
      throw cause;
    }
  }
}

const NO_KEY = 'This worker is still starting up and has not been able to read a session key from the config topic yet';
