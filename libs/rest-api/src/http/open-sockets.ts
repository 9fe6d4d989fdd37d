import type { Server, Socket } from 'node:net';

/**
 * Keeps in mind which sockets of a server are open; what is returned destroys them. An https server's own
 * `closeAllConnections` leaves those out whose handshake is not over.
 */
export function openSockets(server: Server): () => void {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return () => {
    for (const socket of open) socket.destroy();
  };
}
