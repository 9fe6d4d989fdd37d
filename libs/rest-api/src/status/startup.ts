import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { RestError } from '../errors/rest-error.js';
import { OPEN_PATHS } from '../http/open-paths.js';
import type { HealthProbe } from './health.js';
import { starting } from './health.js';

/** What a service is doing until it can take requests. The service itself sets the stage. */
export class Startup implements HealthProbe {
  private stage: string | undefined;
  private since = new Date();

  constructor(stage: string) {
    this.enter(stage);
  }

  /** e.g. `reading to the end of internal topics` */
  enter(stage: string): void {
    this.stage = stage;
    this.since = new Date();
  }

  finish(): void {
    this.stage = undefined;
  }

  async health(): Promise<{ ready: true } | { ready: false; stage: string }> {
    if (this.stage === undefined) return { ready: true };
    return {
      ready: false,
      stage: `The worker is currently ${this.stage}, which began at ${this.since.toISOString()}.`,
    };
  }
}

/** While a service starts, it answers 503 to everything but the questions about itself. */
@Injectable()
export class StartupGuard implements CanActivate {
  constructor(private readonly startup: Startup) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { path } = context.switchToHttp().getRequest<Request>();
    if (OPEN_PATHS.includes(path)) return true;
    const health = await this.startup.health();
    if (!health.ready) throw new RestError(503, starting(health.stage).message);
    return true;
  }
}
