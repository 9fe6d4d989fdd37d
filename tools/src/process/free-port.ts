import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ports that systems give to outgoing connections: one of those could take the port before it is used. */
const RANGE = { from: 16_384, to: 32_768 } as const;
const ATTEMPTS = 100;

/** What was given away, and may not be in use yet. */
const given = new Set<number>();

/** A TCP port on loopback that nobody listens on now; another one at each call. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = randomInt(RANGE.from, RANGE.to);
    if (given.has(port) || !(await portIsFree(port, '127.0.0.1'))) continue;
    given.add(port);
    return port;
  }
  throw new Error(`none of ${ATTEMPTS} ports from ${RANGE.from} to ${RANGE.to} was free`);
}

/** Whether a server could listen there now. `host` undefined: on all interfaces. */
export function portIsFree(port: number, host?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host }, () => server.close(() => resolve(true)));
  });
}
