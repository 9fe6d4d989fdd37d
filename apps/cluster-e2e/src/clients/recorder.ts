import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { sleep } from '@tributary/testing';

/** What the reference says with 409 or 500 for as long as a rebalance or a change of configurations is under way. */
const MOMENTARY = /rebalance|stale configuration/;
const PATIENCE_MS = 60_000;
const PAUSE_MS = 100;

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * Stands between a client and a server, and notes what the client asked for and with which status it was answered. It
 * asks again where the reference leaves that to its clients.
 */
export class Recorder {
  private noted: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(targetUrl: string): Promise<Recorder> {
    const server = createServer((incoming, outgoing) => {
      const { method = '', url = '', headers } = incoming;
      const forwarded = buffer(incoming).then((body) => patiently(targetUrl, { method, path: url, headers }, body));
      forwarded.then(
        (answer) => {
          recorder.noted.push(`${method} ${url} -> ${answer.status}`);
          outgoing.writeHead(answer.status, answer.headers).end(answer.body);
        },
        () => outgoing.destroy(),
      );
    });
    const recorder = new Recorder(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return recorder;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What was noted since the last call. */
  take(): readonly string[] {
    return this.noted.splice(0);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

async function patiently(targetUrl: string, asked: Asked, body: Buffer): Promise<Answer> {
  for (const end = Date.now() + PATIENCE_MS; ; await sleep(PAUSE_MS)) {
    const answer = await exchange(targetUrl, asked, body);
    const momentary = [409, 500].includes(answer.status) && MOMENTARY.test(answer.body.toString());
    if (!momentary || Date.now() > end) return answer;
  }
}

function exchange(targetUrl: string, asked: Asked, body: Buffer): Promise<Answer> {
  const { hostname, port } = new URL(targetUrl);
  return new Promise((resolve, reject) => {
    request({ hostname, port, ...asked, agent: false }, (response) => {
      const { statusCode: status = 0, headers } = response;
      buffer(response).then((text) => resolve({ status, headers, body: text }), reject);
    })
      .on('error', reject)
      .end(body);
  });
}
