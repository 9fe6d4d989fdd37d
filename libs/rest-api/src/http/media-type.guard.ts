import type { IncomingHttpHeaders } from 'node:http';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { routerError, type RestError } from '../errors/rest-error.js';
import { OPEN_PATHS } from './open-paths.js';

/** Where it does not matter what a request says of its body: tools have habits of their own. */
const FREE = ['/', ...OPEN_PATHS];

/**
 * JSON in, JSON out: a request that has a route must send `application/json` where it says what it sends (415), and
 * accept it where it says what it accepts (406).
 */
@Injectable()
export class MediaTypeGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request & { readonly bodyText: string }>();
    const problem = mediaTypeProblem(request.headers, request.path, request.bodyText !== '');
    if (problem !== undefined) throw problem;
    return true;
  }
}

/** What is wrong with what a request says that it sends and takes. */
export function mediaTypeProblem(
  { 'content-type': type, accept }: Pick<IncomingHttpHeaders, 'content-type' | 'accept'>,
  path: string,
  hasBody: boolean,
): RestError | undefined {
  if (type === undefined ? hasBody : !isJson(type) && !FREE.includes(path)) return routerError(415);
  return accept !== undefined && path !== '/metrics' && !acceptsJson(accept) ? routerError(406) : undefined;
}

const isJson = (type: string) => nameOf(type) === 'application/json';

/** As clients weigh what they accept, a weight of zero means no; nothing at all means anything. */
export function acceptsJson(accept: string): boolean {
  if (accept.trim() === '') return true;
  return accept.split(',').some((range) => ['*/*', 'application/*', 'application/json'].includes(nameOf(range)));
}

const nameOf = (type: string) => (type.split(';')[0] ?? '').trim().toLowerCase();
