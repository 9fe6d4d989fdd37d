import type { IncomingMessage } from 'node:http';
import { acceptsJson } from './media-type.guard.js';

/**
 * Answers a plain GET (see {@link isPlainGet}) without the framework, whose routing and guards cost more than many an
 * answer: gives the body as JSON text for a 200. Where it gives undefined, at once or later, or rejects, the request goes
 * the usual way; so it need not know how anything else is answered. `url` is as it came, with the query.
 */
export type Shortcut = (url: string) => Promise<string | Buffer | undefined> | undefined;

/** A GET that sends nothing and takes JSON: no guard has anything against it. */
export function isPlainGet({ method, headers }: Pick<IncomingMessage, 'method' | 'headers'>): boolean {
  return (
    method === 'GET' &&
    headers['content-type'] === undefined &&
    headers['content-length'] === undefined &&
    headers['transfer-encoding'] === undefined &&
    (headers.accept === undefined || acceptsJson(headers.accept))
  );
}
