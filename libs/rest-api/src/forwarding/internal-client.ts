import { Agent, request as httpRequest } from 'node:http';
import { urlToHttpOptions } from 'node:url';
import { SslProperties } from '@tributary/tls';
import { MAX_HEADER_BYTES } from '../http/limits.js';
import type { SessionKeys } from '../signing/session-keys.js';
import { signatureHeaders } from '../signing/signature.js';
import { refusedHandshake } from '../tls/refused-handshake.js';
import { MAX_SOCKETS, ServiceAgent } from '../tls/service-agent.js';

export interface InternalRequest {
  readonly method: string;
  /** with the query string */
  readonly path: string;
  readonly body: string;
  readonly authorization?: string;
  /** milliseconds until the answer must be complete */
  readonly timeoutMs: number;
}

export interface InternalAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/**
 * Thrown when a request got no answer. `sent` is false where it certainly never reached the other side, so that
 * sending it again is harmless.
 */
export class NoAnswerError extends Error {
  constructor(
    message: string,
    readonly sent: boolean,
    options?: { cause: unknown },
  ) {
    super(message, options);
  }
}

/** Sends signed requests to the cluster's other services. */
export class InternalClient {
  private readonly http = new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS });

  /** `https`: for https URLs; without it there are no certificates but those that Node trusts */
  constructor(
    private readonly keys: SessionKeys,
    private readonly https = new ServiceAgent(new SslProperties({})),
  ) {}

  /**
   * Rejects with a {@link NoAnswerError} where no answer comes, and with a ConnectError where none can come: certificates or
   * TLS properties of the two sides do not fit together.
   */
  async send(baseUrl: string, request: InternalRequest): Promise<InternalAnswer> {
    if (this.keys.current() === undefined) await this.keys.refresh();
    const key = this.keys.current();
    if (key === undefined)
      throw new NoAnswerError('the cluster having no session key, as no herder has led it yet', false);
    const headers: Record<string, string> = {
      accept: 'application/json',
      'user-agent': 'kafka-connect',
      'content-length': String(Buffer.byteLength(request.body)),
      ...(request.body === '' ? {} : { 'content-type': 'application/json' }),
      ...(request.authorization === undefined ? {} : { authorization: request.authorization }),
      ...signatureHeaders(key, request, Date.now()),
    };
    const url = new URL(baseUrl);
    if (url.protocol === 'https:') this.prepareTls(url);
    return this.exchange(url, request, headers);
  }

  close(): void {
    this.http.destroy();
    this.https.destroy();
  }

  private prepareTls(url: URL): void {
    try {
      this.https.prepare();
    } catch (cause) {
      throw (cause instanceof Error && refusedHandshake(url, cause, false)) || cause;
    }
  }

  private exchange(url: URL, request: InternalRequest, headers: Record<string, string>): Promise<InternalAnswer> {
    return new Promise((resolve, reject) => {
      let connected = false;
      const fail = (cause: Error) =>
        reject(
          refusedHandshake(url, cause, connected) ??
            new NoAnswerError(`no answer from ${url.origin} (${cause.message})`, connected, { cause }),
        );
      const { protocol } = url;
      const secure = protocol === 'https:';
      // The path goes as it came: resolved against the URL, a connector named '..' would become another path.
      const { method, path } = request;
      const { hostname: host, port } = urlToHttpOptions(url);
      const agent = secure ? this.https : this.http;
      const options = { protocol, host, port, method, path, headers, agent, maxHeaderSize: MAX_HEADER_BYTES };
      const outgoing = httpRequest(options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => {
          const body = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode ?? 500, headers: response.headers, body });
        });
      });
      outgoing.on('socket', (socket) => {
        if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', () => (connected = true));
        else connected = true;
      });
      outgoing.setTimeout(request.timeoutMs, () =>
        outgoing.destroy(new Error(`no answer within ${request.timeoutMs} ms`)),
      );
      outgoing.on('error', fail);
      outgoing.end(request.body);
    });
  }
}
