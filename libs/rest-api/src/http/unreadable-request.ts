import { STATUS_CODES } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { loggerFor } from '@tributary/observability';
import { tlsFaultOf } from '@tributary/tls';
import { MAX_HEADER_BYTES } from './limits.js';

/** What is answered to bytes that are no HTTP request, by the code of the parser's error. */
const KNOWN: Readonly<Record<string, readonly [status: number, message: string]>> = {
  HPE_INVALID_METHOD: [405, 'HTTP 405 Method Not Allowed'],
  HPE_HEADER_OVERFLOW: [431, `The request line and headers are larger than ${MAX_HEADER_BYTES} bytes`],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive'],
};

/** How long a client whose request was refused has to take the answer and hang up, milliseconds. */
const LINGER_MS = 2_000;

const log = loggerFor('rest.tls');

/** Answers a request that could not be read with the usual error body, and ends its connection. */
export function answerUnreadable(error: Error & { code?: string; reason?: string }, socket: Duplex): void {
  if (tlsFaultOf(error) !== undefined) {
    log.debug({ err: error }, 'a TLS handshake failed');
    socket.destroy();
    return;
  }
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const [status, message] = KNOWN[error.code ?? ''] ?? [
    400,
    `The request is not valid HTTP: ${error.reason ?? error.message}`,
  ];
  const body = JSON.stringify({ error_code: status, message });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  ); // Cut off by the server, as any connection on which nothing moves.
  if (socket instanceof Socket) socket.setTimeout(LINGER_MS);
}
