import { randomBytes } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import { urlToHttpOptions } from 'node:url';
import { ConnectError } from '@tributary/connect-api';
import type { SessionKey } from '@tributary/kafka-storage';
import { SslProperties } from '@tributary/tls';
import { MAX_HEADER_BYTES } from '../http/limits.js';
import type { SessionKeys } from '../signing/session-keys.js';
import { bodyDigest, signatureHeaders, targetOf } from '../signing/signature.js';
import { hangUpHint, refusedHandshake } from '../tls/refused-handshake.js';
import { MAX_SOCKETS, ServiceAgent } from '../tls/service-agent.js';
import { REFUSED_HEADER } from './refusal-headers.js';

export interface InternalRequest {
  readonly method: string;
  /** with the query string */
  readonly path: string;
  readonly body: string;
  /** how many herders have handed it on, this process included; not given: none */
  readonly forwarded?: number;
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

/**
 * Thrown when another process does not accept this one's signature. Nothing was done, and the client is not to blame: clocks,
 * addresses, keys or algorithms of the cluster do not fit together.
 */
export class SignatureRefusedError extends ConnectError {}

/** The largest answer that is taken, in bytes. */
const MAX_ANSWER_BYTES = 256 * 1024 * 1024;

/** Sends signed requests to the cluster's other services. */
export class InternalClient {
  private readonly http = new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS });

  /** `https`: for https URLs; without it there are no certificates but those that Node trusts */
  constructor(
    private readonly keys: SessionKeys,
    private readonly https = new ServiceAgent(new SslProperties({})),
  ) {}

  /**
   * Rejects with a {@link NoAnswerError} where no answer comes in time, with a {@link SignatureRefusedError}, and with another
   * ConnectError where no answer can come: certificates or TLS properties of the two sides do not fit together.
   */
  async send(baseUrl: string, request: InternalRequest): Promise<InternalAnswer> {
    const deadline = performance.now() + request.timeoutMs;
    const answer = await this.sendOnce(baseUrl, request, request.timeoutMs);
    if (answer.headers[REFUSED_HEADER] === undefined) return answer;
    // The key may have gone out of use before this process has read the next one. Nothing was done, so it may come again.
    await this.keys.refresh();
    const again = await this.sendOnce(baseUrl, request, Math.max(1, deadline - performance.now()));
    if (again.headers[REFUSED_HEADER] === undefined) return again;
    throw new SignatureRefusedError(
      `Error trying to forward REST request: the worker at ${targetOf(baseUrl)} does not accept it: ${again.body}`,
    );
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

  private async sendOnce(baseUrl: string, request: InternalRequest, timeoutMs: number): Promise<InternalAnswer> {
    if (this.keys.current() === undefined) await this.keys.refresh();
    const key = this.keys.current();
    if (key === undefined)
      throw new NoAnswerError('the cluster having no session key, as no herder has led it yet', false);
    const url = new URL(baseUrl);
    if (url.protocol === 'https:') this.prepareTls(url);
    return this.exchange(url, request, headersOf(baseUrl, request, key, this.keys), timeoutMs);
  }

  private exchange(
    url: URL,
    request: InternalRequest,
    headers: Record<string, string>,
    timeoutMs: number,
  ): Promise<InternalAnswer> {
    return new Promise((resolve, reject) => {
      let connected = false;
      const fail = (cause: Error) => {
        clearTimeout(timer);
        const hint = secure && !outgoing.reusedSocket ? hangUpHint(cause) : '';
        reject(
          refusedHandshake(url, cause, connected) ??
            new NoAnswerError(`no answer from ${url.origin} (${cause.message}${hint})`, connected, { cause }),
        );
      };
      const { protocol } = url;
      const secure = protocol === 'https:';
      // The path goes as it came: resolved against the URL, a connector named '..' would become another path.
      const { method, path } = request;
      const { hostname: host, port } = urlToHttpOptions(url);
      const agent = secure ? this.https : this.http;
      const options = { protocol, host, port, method, path, headers, agent, maxHeaderSize: MAX_HEADER_BYTES };
      const outgoing = httpRequest(options, (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          size += chunk.length;
          if (size > MAX_ANSWER_BYTES) outgoing.destroy(new Error(`an answer of more than ${MAX_ANSWER_BYTES} bytes`));
        });
        response.on('error', fail);
        response.on('end', () => {
          clearTimeout(timer);
          const body = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode ?? 500, headers: response.headers, body });
        });
      });
      outgoing.on('socket', (socket) => {
        if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', () => (connected = true));
        else connected = true;
      });
      // For the whole of it: a time-out of the socket begins anew with each byte.
      const timer = setTimeout(
        () => outgoing.destroy(new Error(`no answer within ${Math.round(timeoutMs)} ms`)),
        timeoutMs,
      );
      outgoing.on('error', fail);
      outgoing.end(request.body);
    });
  }
}

function headersOf(
  baseUrl: string,
  request: InternalRequest,
  key: SessionKey,
  { algorithms }: SessionKeys,
): Record<string, string> {
  const { method, path, body, forwarded = 0 } = request;
  const contentType = body === '' ? '' : 'application/json';
  return {
    accept: 'application/json',
    'user-agent': 'kafka-connect',
    'content-length': String(Buffer.byteLength(body)),
    ...(contentType === '' ? {} : { 'content-type': contentType }),
    ...signatureHeaders(key, algorithms.signature, {
      method,
      path,
      contentType,
      target: targetOf(baseUrl),
      time: String(Date.now()),
      nonce: randomBytes(16).toString('base64url'),
      digest: bodyDigest(body),
      forwarded: String(forwarded),
    }),
  };
}
