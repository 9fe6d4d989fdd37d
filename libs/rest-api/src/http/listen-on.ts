import type { AdvertisedAddress, Listener, WorkerConfig } from '@tributary/config-schemas';
import { loggerFor } from '@tributary/observability';
import type { ServiceApp } from './service-app.js';

const log = loggerFor('rest');

/** Opens all listeners of the service; the address by which others reach it. */
export async function listenOn(app: ServiceApp, config: WorkerConfig): Promise<AdvertisedAddress> {
  const bound = new Map<string, number>();
  for (const listener of config.listeners) {
    const port = await app.listen(listener);
    bound.set(nameOf(listener), port);
    log.info({ listener: nameOf({ ...listener, port }) }, 'listening');
  }
  return config.advertisedAddress((listener) => bound.get(nameOf(listener)) ?? listener.port);
}

const nameOf = ({ protocol, host, port }: Listener) => `${protocol}://${host}:${port}`;
