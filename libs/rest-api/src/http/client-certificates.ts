import type { Server } from 'node:https';
import { loggerFor } from '@tributary/observability';

const log = loggerFor('rest.tls');

/**
 * Ends connections of clients that show a certificate which is not trusted. Node does so by itself only where a certificate
 * is required; where one is requested, a client may have none, but not a wrong one.
 */
export function refuseStrangers(server: Server): void {
  server.prependListener('secureConnection', (socket) => {
    if (socket.authorized || Object.keys(socket.getPeerCertificate()).length === 0) return;
    log.debug({ reason: String(socket.authorizationError) }, "a client's certificate was refused");
    socket.destroy();
  });
}
