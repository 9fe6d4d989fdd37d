import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import type { TlsOptions } from 'node:tls';
import { MAX_BODY_BYTES } from '../body/body.middleware.js';

/** The longest request line and headers together, in bytes; a connector's name stands in the path, percent-encoded. */
export const MAX_HEADER_BYTES = 64 * 1024;

/** How long clients may take, in milliseconds, how many there may be, and what they may send at once. */
export interface ServerLimits {
  /** until the headers of a request are there, and until a TLS handshake is over */
  readonly headersMs: number;
  /** until a request is there with its body */
  readonly requestMs: number;
  /** how often these two are looked after */
  readonly checkMs: number;
  /** how long a connection is kept that waits for a request */
  readonly keepAliveMs: number;
  /** how long nothing may move on a connection; a change may take 90 seconds to be answered */
  readonly silenceMs: number;
  /** connections at a time; when there are more, those that wait for a request make room */
  readonly connections: number;
  /** bodies of all requests under way together, in bytes */
  readonly bodiesBytes: number;
}

export const SERVER_LIMITS: ServerLimits = {
  headersMs: 30_000,
  requestMs: 120_000,
  checkMs: 5_000,
  keepAliveMs: 30_000,
  silenceMs: 120_000,
  connections: 10_000,
  bodiesBytes: 16 * MAX_BODY_BYTES,
};

/** A server, not listening yet, that keeps to the limits; with TLS, an https one. */
export function limitedServer(limits: ServerLimits, listener: RequestListener): Server;
export function limitedServer(limits: ServerLimits, listener: RequestListener, tls: TlsOptions): HttpsServer;
export function limitedServer(limits: ServerLimits, listener: RequestListener, tls?: TlsOptions): Server | HttpsServer {
  const options = {
    requireHostHeader: false,
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: limits.checkMs,
    keepAliveTimeout: limits.keepAliveMs,
  };
  const server =
    tls === undefined
      ? createServer(options, listener)
      : createHttpsServer({ ...options, ...tls, handshakeTimeout: limits.headersMs }, listener);
  server.setTimeout(limits.silenceMs);
  server.maxConnections = limits.connections;
  server.on('drop', () => server.closeIdleConnections());
  return server;
}
