import { parseListeners, type AdvertisedAddress, type Listener, type WorkerConfig } from '@tributary/config-schemas';
import { loggerFor } from '@tributary/observability';
import { ADMIN_SURFACE, PLAIN_SURFACE, RestSurface } from '../surface/surface.js';
import type { ServiceApp } from './service-app.js';

const log = loggerFor('rest');

/** Opens all listeners of the service; the address by which others reach it. */
export async function listenOn(app: ServiceApp, config: WorkerConfig): Promise<AdvertisedAddress> {
  const bound = new Map<string, number>();
  const isRest = config.service === 'gateway';
  const surface = isRest ? new RestSurface(config) : PLAIN_SURFACE;
  for (const listener of config.listeners) {
    const port = await app.listen(listener, surface);
    bound.set(nameOf(listener), port);
    log.info({ listener: nameOf({ ...listener, port }) }, 'listening');
  }
  for (const listener of isRest ? parseListeners(config.list('admin.listeners')) : []) {
    const port = await app.listen(listener, ADMIN_SURFACE);
    log.info({ listener: nameOf({ ...listener, port }) }, 'listening for /admin');
  }
  return config.advertisedAddress((listener) => bound.get(nameOf(listener)) ?? listener.port);
}

const nameOf = ({ protocol, host, port }: Listener) => `${protocol}://${host}:${port}`;
