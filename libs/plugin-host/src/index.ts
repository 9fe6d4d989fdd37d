export type {
  Hosted,
  HostedOwner,
  HostOptions,
  HostPoolOptions,
  HostPoolStats,
  Instance,
  InstanceChannel,
  InstanceFactory,
  InstanceFactorySetup,
} from './api.js';
export { HostPool } from './host-pool.js';
export { serveInstances } from './serve-instances.js';
export { HostedError } from './wire-error.js';
