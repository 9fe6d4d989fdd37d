import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { RequestWithBody } from '../body/body.middleware.js';
import { RestError } from '../errors/rest-error.js';
import { SessionKeys } from './session-keys.js';
import { signatureProblem } from './signature.js';

/** Lets only requests of the cluster's own services pass: anything unsigned, altered or stale is 403. */
@Injectable()
export class InternalRequestGuard implements CanActivate {
  constructor(private readonly keys: SessionKeys) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<RequestWithBody>();
    let problem = this.problem(request);
    if (problem !== undefined) {
      await this.keys.refresh();
      problem = this.problem(request);
    }
    if (problem !== undefined) throw new RestError(403, problem);
    return true;
  }

  private problem(request: RequestWithBody): string | undefined {
    const parts = { method: request.method, path: request.originalUrl, body: request.bodyText };
    return signatureProblem(this.keys.accepted(), parts, request.headers, Date.now());
  }
}
