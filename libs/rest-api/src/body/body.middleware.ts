import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { RestError } from '../errors/rest-error.js';
import { REFUSED_HEADER } from '../forwarding/refusal-headers.js';
import { bodyDigest } from '../signing/signature.js';
import { verifiedParts } from '../signing/verified-requests.js';

/** The largest body that is read, in bytes. A Kafka record holds 1 MB unless the broker is told otherwise. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** A request whose body has been read; empty text where there was none. */
export type RequestWithBody = Request & { readonly bodyText: string };

/**
 * Reads bodies as text, which must be UTF-8, so that what a client sent can be signed, forwarded and parsed without loss.
 * The body of a signed request must be the one that was signed.
 * The bodies of all requests under way may have `maxTotalBytes` together.
 */
export function bodyReader(maxTotalBytes: number): RequestHandler {
  let total = 0;
  return (request, response, next) => {
    let held = 0;
    response.once('close', () => (total -= held));
    const hold = (bytes: number): boolean => {
      if (total + bytes > maxTotalBytes) return false;
      held += bytes;
      total += bytes;
      return true;
    };
    readBody(request, response, next, hold);
  };
}

/** `hold` says whether there is room for so many bytes more. */
function readBody(request: Request, response: Response, next: NextFunction, hold: (bytes: number) => boolean): void {
  const chunks: Buffer[] = [];
  let size = 0;
  let refused = false;
  const refuse = (error: RestError) => {
    if (!refused) next(error);
    refused = true;
    chunks.length = 0;
  };
  request.on('data', (chunk: Buffer) => {
    if (refused) return;
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      refuse(new RestError(413, `The request body is larger than ${MAX_BODY_BYTES} bytes`));
    } else if (!hold(chunk.length)) {
      refuse(new RestError(503, 'Too many large requests are under way; try again later'));
    } else {
      chunks.push(chunk);
    }
  });
  request.on('error', () => refuse(new RestError(400, 'The request ended before its body was complete')));
  request.on('end', () => {
    if (refused) return;
    const bytes = Buffer.concat(chunks);
    const signed = verifiedParts(request);
    if (signed !== undefined && signed.digest !== bodyDigest(bytes)) {
      response.setHeader(REFUSED_HEADER, 'true');
      next(new RestError(403, 'Internal request has another body than its signature'));
      return;
    }
    try {
      Object.assign(request, { bodyText: UTF8.decode(bytes) });
    } catch (cause) {
      next(new RestError(400, 'The request body is not valid UTF-8', { cause }));
      return;
    }
    next();
  });
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
