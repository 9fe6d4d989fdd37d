import type { IncomingMessage } from 'node:http';
import { routerError } from '../errors/rest-error.js';

/** A query parameter, which may be there more than once: the first one counts. */
export type QueryValue = string | readonly string[] | undefined;

/** `true` in any case is true, all else is false. */
export function flagFrom(value: QueryValue): boolean {
  return firstOf(value)?.toLowerCase() === 'true';
}

export function firstOf(value: QueryValue): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}

const MAX_INT = 2 ** 31 - 1;

/** The number of a task in a path; 404 where it is no whole number of 32 bits, as such a path has no resource. */
export function taskIdFrom(segment: string): number {
  const id = /^[+-]?\d+$/.test(segment) ? Number(segment) : Number.NaN;
  if (!(id >= -MAX_INT - 1 && id <= MAX_INT)) throw routerError(404);
  return id;
}

/** Where a connector is found. What needs no encoding in a path segment stays readable; a slash in a name does. */
export function connectorPath(name: string): string {
  const segment = encodeURIComponent(name).replace(/%(?:2B|3B|26|3D|2C|3A|40|24)/g, decodeURIComponent);
  return `/connectors/${segment}`;
}

/** The path of a request without its query; clients of a proxy send whole URLs. */
export function pathOf(request: Pick<IncomingMessage, 'url'>): string {
  const url = request.url ?? '';
  const path = url.startsWith('/') ? url : url.replace(/^[a-z]+:\/\/[^/?]*/i, '');
  return path.split('?')[0] ?? '';
}
