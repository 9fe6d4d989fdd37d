import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { RestError } from '../errors/rest-error.js';
import { verifiedParts } from './verified-requests.js';

/**
 * Stands before what services ask of each other. Requests are checked before they come here, see `signedRequestsOnly`;
 * where that was forgotten, nothing passes.
 */
@Injectable()
export class InternalRequestGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (verifiedParts(context.switchToHttp().getRequest<Request>()) !== undefined) return true;
    throw new RestError(403, 'Internal request missing required signature');
  }
}
