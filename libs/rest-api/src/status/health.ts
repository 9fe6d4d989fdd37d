/** Body of `GET /health`, as the reference has it. 200 when healthy, 503 while starting or stopping, 500 when stuck. */
export interface HealthBody {
  readonly status: 'healthy' | 'starting' | 'unhealthy';
  readonly message: string;
}

/** Says how a service is; `stage` tells what a service that is not ready is doing. */
export interface HealthProbe {
  health(): Promise<{ ready: true } | { ready: false; stage: string }>;
}
/** Nest's token for the service's {@link HealthProbe}. */
export const HEALTH_PROBE = Symbol('HealthProbe');

export const HEALTHY: HealthBody = {
  status: 'healthy',
  message: 'Worker has completed startup and is ready to handle requests.',
};

export const starting = (stage: string): HealthBody => ({
  status: 'starting',
  message: `Worker is still starting up. ${stage}`,
});
