import {
  parseListeners,
  type AdvertisedAddress,
  type HttpsPrefix,
  type Listener,
  type WorkerConfig,
} from '@tributary/config-schemas';
import { loggerFor } from '@tributary/observability';
import { SslProperties } from '@tributary/tls';
import { RequestVerifier } from '../signing/request-verifier.js';
import type { SessionKeys } from '../signing/session-keys.js';
import { targetOf } from '../signing/signature.js';
import { signedRequestsOnly } from '../signing/signed-requests-only.js';
import type { HealthProbe } from '../status/health.js';
import { ADMIN_SURFACE, PLAIN_SURFACE, RestSurface } from '../surface/surface.js';
import { ListenerTls } from '../tls/listener-tls.js';
import { localHost } from './local-host.js';
import type { ServiceApp } from './service-app.js';

const log = loggerFor('rest');

/**
 * Opens all listeners of the service; the address by which others reach it. Rejects with a ConfigError for a listener or TLS
 * property that cannot be used.
 */
export async function listenOn(app: ServiceApp, config: WorkerConfig): Promise<AdvertisedAddress> {
  const bound = new Map<string, number>();
  const isRest = config.service === 'gateway';
  const surface = isRest ? new RestSurface(config) : PLAIN_SURFACE;
  const tls = tlsFor(config, 'listeners.https.', config.listeners);
  for (const listener of config.listeners) {
    const port = await app.listen(listener, surface, listener.protocol === 'https' ? tls : undefined);
    if (!bound.has(nameOf(listener))) bound.set(nameOf(listener), port);
    log.info({ listener: nameOf({ ...listener, port }) }, 'listening');
  }
  const adminListeners = isRest ? parseListeners(config.list('admin.listeners')) : [];
  const adminTls = tlsFor(config, 'admin.listeners.https.', adminListeners);
  for (const listener of adminListeners) {
    const port = await app.listen(listener, ADMIN_SURFACE, listener.protocol === 'https' ? adminTls : undefined);
    log.info({ listener: nameOf({ ...listener, port }) }, 'listening for /admin');
  }
  return config.advertisedAddress((listener) => bound.get(nameOf(listener)) ?? listener.port, await localHost());
}

/** Read only where something listens with it. */
function tlsFor(config: WorkerConfig, prefix: HttpsPrefix, listeners: readonly Listener[]): ListenerTls | undefined {
  if (!listeners.some((listener) => listener.protocol === 'https')) return undefined;
  return new ListenerTls(new SslProperties(config.properties, config.httpsPrefix(prefix)));
}

/** The same for a service that answers to the cluster's other services alone; see {@link signedRequestsOnly}. */
export async function listenInternally(
  app: ServiceApp,
  config: WorkerConfig,
  keys: SessionKeys,
  startup: HealthProbe,
): Promise<AdvertisedAddress> {
  const own: { target: string | undefined } = { target: undefined };
  app.addFilter(signedRequestsOnly(new RequestVerifier(keys, () => own.target), startup));
  const address = await listenOn(app, config);
  own.target = targetOf(address.url);
  return address;
}

const nameOf = ({ protocol, host, port }: Listener) => `${protocol}://${host}:${port}`;
