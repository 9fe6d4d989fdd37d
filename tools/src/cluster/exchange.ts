import { connect } from 'node:net';
import { readAnswer, type Exchanged } from './raw-answer.js';

const TIMEOUT_MS = 120_000;

/**
 * Sends a request over a socket of its own whose path, headers and body go out exactly as given; a body goes as JSON
 * unless `headers` say otherwise. A header that is null is not sent at all. Rejects where no whole answer comes.
 */
export function exchange(
  baseUrl: string,
  method: string,
  path: string,
  body: string | Buffer = '',
  headers: Readonly<Record<string, string | null>> = {},
): Promise<Exchanged> {
  const { hostname, port, host } = new URL(baseUrl);
  const payload = Buffer.from(body);
  const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const sent: Record<string, string | null> = {
    host,
    connection: 'close',
    ...(payload.length > 0 || !['GET', 'HEAD'].includes(method) ? { 'content-length': String(payload.length) } : {}),
    ...(payload.length > 0 ? { 'content-type': 'application/json' } : {}),
    ...given,
  };
  const lines = Object.entries(sent).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}\r\n`]));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname);
    const settle = (ended: boolean, cause?: Error): void => {
      try {
        const answer = readAnswer(Buffer.concat(chunks), method, ended);
        if (answer !== undefined) resolve(answer);
        else if (!ended) return;
        else throw cause ?? new Error('the connection was closed');
      } catch (error) {
        reject(new Error(`${method} ${path.slice(0, 100)}: no answer: ${(error as Error).message}`, { cause: error }));
      }
      socket.destroy();
    };
    socket.setTimeout(TIMEOUT_MS, () => settle(true, new Error(`none within ${TIMEOUT_MS} ms`)));
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      settle(false);
    });
    socket.on('error', (error) => settle(true, error));
    socket.on('close', () => settle(true));
    socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
    if (payload.length > 0) socket.write(payload);
  });
}
