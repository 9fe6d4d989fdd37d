import type { IncomingMessage } from 'node:http';
import { loggerFor } from '@tributary/observability';

const log = loggerFor('rest.internal');

/** How often there is a line at most, milliseconds. */
const PACE_MS = 10_000;

/** Tells of requests that were refused: of one at once, of many by their number, so that nobody can fill the log. */
export class RefusalLog {
  private since = -Infinity;
  private unsaid = 0;

  constructor(
    private readonly warn: (fields: object, message: string) => void = (fields, message) => log.warn(fields, message),
    /** milliseconds of a clock that is never set back */
    private readonly now: () => number = () => performance.now(),
  ) {}

  add({ method, socket }: Pick<IncomingMessage, 'method' | 'socket'>, reason: string): void {
    this.unsaid += 1;
    if (this.now() < this.since + PACE_MS) return;
    const fields = { method, from: socket.remoteAddress, reason, requests: this.unsaid };
    this.since = this.now();
    this.unsaid = 0;
    this.warn(fields, 'refused requests that no service of this cluster has signed for this process');
  }
}
