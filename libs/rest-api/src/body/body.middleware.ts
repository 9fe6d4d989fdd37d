import type { NextFunction, Request, Response } from 'express';
import { RestError } from '../errors/rest-error.js';

/** The largest body that is read, in bytes. A Kafka record holds 1 MB unless the broker is told otherwise. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** A request whose body has been read; empty text where there was none. */
export type RequestWithBody = Request & { readonly bodyText: string };

/** Reads bodies as text, which must be UTF-8, so that what a client sent can be signed, forwarded and parsed without loss. */
export function readBody(request: Request, _response: Response, next: NextFunction): void {
  const chunks: Buffer[] = [];
  let size = 0;
  let refused = false;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) {
      chunks.push(chunk);
    } else if (!refused) {
      refused = true;
      chunks.length = 0;
      next(new RestError(413, `The request body is larger than ${MAX_BODY_BYTES} bytes`));
    }
  });
  request.on('error', () => {
    if (!refused) next(new RestError(400, 'The request ended before its body was complete'));
    refused = true;
  });
  request.on('end', () => {
    if (refused) return;
    try {
      Object.assign(request, { bodyText: UTF8.decode(Buffer.concat(chunks)) });
    } catch (cause) {
      next(new RestError(400, 'The request body is not valid UTF-8', { cause }));
      return;
    }
    next();
  });
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
