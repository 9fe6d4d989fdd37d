import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClusterConfig, SessionKey } from '@tributary/kafka-storage';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SessionKeys } from '../signing/session-keys.js';
import { signatureProblem } from '../signing/signature.js';
import { InternalClient, NoAnswerError } from './internal-client.js';

const KEY: SessionKey = { key: Buffer.from('key'), algorithm: 'HmacSHA256', createdAt: 0 };
const REQUEST = { method: 'PUT', path: '/connectors/a/config?x=1', body: '{"ä":1}', timeoutMs: 5_000 };

interface Seen {
  readonly message: IncomingMessage;
  readonly body: string;
}

let server: Server;
let url: string;
let seen: Seen[];
let respond: (response: ServerResponse) => void;
let sessionKey: SessionKey | undefined;
let client: InternalClient;

beforeEach(async () => {
  seen = [];
  sessionKey = KEY;
  respond = (response) => response.writeHead(201, { location: '/connectors/a' }).end('{"name":"ä"}');
  server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      seen.push({ message, body: Buffer.concat(chunks).toString() });
      respond(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const snapshot = () => ({ sessionKey }) as ClusterConfig;
  client = new InternalClient(new SessionKeys({ snapshot, refresh: async () => undefined }));
});
afterEach(() => {
  client.close();
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

test('a request goes out signed, and its answer comes back as it is', async () => {
  const answer = await client.send(url, { ...REQUEST, authorization: 'Basic abc' });
  expect(answer).toMatchObject({ status: 201, headers: { location: '/connectors/a' }, body: '{"name":"ä"}' });
  const [{ message, body }] = seen as [Seen];
  expect([message.method, message.url, body]).toEqual([REQUEST.method, REQUEST.path, REQUEST.body]);
  expect(message.headers).toMatchObject({ 'content-type': 'application/json', authorization: 'Basic abc' });
  expect(signatureProblem([KEY], { ...REQUEST, body }, message.headers, Date.now())).toBeUndefined();
});

test.each([
  '/connectors/..',
  '/connectors/%2E%2E/config',
  '/connectors/a/../b',
  'http://elsewhere/connectors/a',
  '//x/y',
])('the path %s goes to the same server, unchanged', async (path) => {
  await client.send(url, { ...REQUEST, path });
  expect(seen[0]?.message.url).toBe(path);
});

test('every body has its length, so that nothing of it is taken for another request', async () => {
  for (const method of ['DELETE', 'GET', 'POST']) {
    await client.send(url, { ...REQUEST, method, body: 'GET /x HTTP/1.1\r\n\r\n' });
    await client.send(url, { ...REQUEST, method, body: '' });
  }
  expect(seen.map(({ message, body }) => [message.method, body.length])).toEqual(
    ['DELETE', 'GET', 'POST'].flatMap((method) => [
      [method, 19],
      [method, 0],
    ]),
  );
});

test('a server that is not there has got nothing', async () => {
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const error = await client.send(`http://127.0.0.1:${port}`, REQUEST).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(NoAnswerError);
  expect(error).toMatchObject({ sent: false, message: expect.stringContaining('ECONNREFUSED') });
});

test('a server that hangs up may have got the request', async () => {
  respond = (response) => response.socket?.destroy();
  await expect(client.send(url, REQUEST)).rejects.toMatchObject({ sent: true });
});

test('a server that does not answer in time may have got the request', async () => {
  respond = () => undefined;
  const error: unknown = await client.send(url, { ...REQUEST, timeoutMs: 50 }).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ sent: true, message: expect.stringContaining('no answer within 50 ms') });
});

test('nothing is sent while there is no key to sign with', async () => {
  sessionKey = undefined;
  await expect(client.send(url, REQUEST)).rejects.toMatchObject({ sent: false });
  expect(seen).toEqual([]);
});
