import { lookup } from 'node:dns/promises';
import type { AddressInfo, Server } from 'node:net';
import { ConfigError } from '@tributary/connect-api';
import type { Listener } from '@tributary/config-schemas';

/**
 * Lets a server listen; resolves to the port that was bound. A host name stands for its first IPv4 address, else for its first
 * one, as in the reference. Rejects with a ConfigError that names the listener.
 */
export async function bind(server: Server, listener: Listener): Promise<number> {
  try {
    const host = listener.host === '' ? undefined : (await lookup(listener.host, { order: 'ipv4first' })).address;
    await new Promise<void>((resolve, reject) => {
      // Stays: an error later on, such as too many open files, costs one connection and not the process.
      server.on('error', reject);
      server.listen({ port: listener.port, host }, resolve);
    });
  } catch (cause) {
    throw new ConfigError(problem(listener, cause), { cause });
  }
  return (server.address() as AddressInfo).port;
}

function problem({ protocol, host, port }: Listener, cause: unknown): string {
  const url = `${protocol}://${host}:${port}`;
  switch (cause instanceof Error && 'code' in cause ? cause.code : undefined) {
    case 'EADDRINUSE':
      return `the port of listener ${url} is in use; choose another in 'listeners' or end the program that has it`;
    case 'EACCES':
      return `this user may not listen on ${url}`;
    case 'EADDRNOTAVAIL':
      return `listening on ${url}: this machine does not have that address`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `listening on ${url}: no address is known for the host`;
    default:
      return `listening on ${url}: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}
