/** Body of `GET /health`, as the reference has it. 200 when healthy, 503 while starting or stopping, 500 when stuck. */
export interface HealthBody {
  readonly status: 'healthy' | 'starting' | 'unhealthy';
  readonly message: string;
}

/** Says how a service is; `stage` tells what a service that is not ready is doing. */
export interface HealthProbe {
  health(): Promise<{ ready: true } | { ready: false; stage: string }>;
  /** Whether a service that is ready gets on: rejects with what keeps it. */
  check?(): Promise<void>;
}
/** Nest's token for the service's {@link HealthProbe}. */
export const HEALTH_PROBE = Symbol('HealthProbe');

export const HEALTHY: HealthBody = {
  status: 'healthy',
  message: 'Worker has completed startup and is ready to handle requests.',
};

export const unhealthy = (reason: string): HealthBody => ({
  status: 'unhealthy',
  message: `Worker was unable to handle this request and may be unable to handle other requests. ${reason}`,
});

export const starting = (stage: string): HealthBody => ({
  status: 'starting',
  message: `Worker is still starting up. ${stage}`,
});
