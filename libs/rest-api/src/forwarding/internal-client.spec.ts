import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RequestVerifier, signatureClaimOf } from '../signing/request-verifier.js';
import { SessionKeys } from '../signing/session-keys.js';
import { bodyDigest, SIGNATURE_HEADERS } from '../signing/signature.js';
import { keyOf, KeyTopic } from '../testing/key-topic.js';
import { InternalClient, NoAnswerError, SignatureRefusedError } from './internal-client.js';
import { REFUSED_HEADER } from './refusal-headers.js';

const KEY = keyOf('key');
const VERIFICATION = ['HmacSHA3-256'];
const REQUEST = { method: 'PUT', path: '/connectors/a/config?x=1', body: '{"ä":1}', timeoutMs: 5_000 };

interface Seen {
  readonly message: IncomingMessage;
  readonly body: string;
}

let server: Server;
let url: string;
let seen: Seen[];
let respond: (response: ServerResponse) => void;
let topic: KeyTopic;
let client: InternalClient;

beforeEach(async () => {
  seen = [];
  topic = new KeyTopic(KEY);
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
  client = new InternalClient(new SessionKeys(topic, { signature: 'HmacSHA3-256', verification: VERIFICATION }));
});
afterEach(() => {
  client.close();
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

test('a request goes out signed, and its answer comes back as it is', async () => {
  const answer = await client.send(url, { ...REQUEST, forwarded: 1 });
  expect(answer).toMatchObject({ status: 201, headers: { location: '/connectors/a' }, body: '{"name":"ä"}' });
  const [{ message, body }] = seen as [Seen];
  expect([message.method, message.url, body]).toEqual([REQUEST.method, REQUEST.path, REQUEST.body]);
  expect(message.headers).toMatchObject({
    'content-type': 'application/json',
    [SIGNATURE_HEADERS.digest]: bodyDigest(REQUEST.body),
    [SIGNATURE_HEADERS.forwarded]: '1',
  });
  const verifier = new RequestVerifier(
    new SessionKeys(topic, { signature: '', verification: VERIFICATION }),
    () => url,
    () => Date.now() - 1_000,
  );
  const claim = signatureClaimOf(message);
  expect(claim && (await verifier.problem(claim))).toBeUndefined();
});

test('equal requests at the same time are different to whoever has seen one', async () => {
  await Promise.all(Array.from({ length: 20 }, () => client.send(url, REQUEST)));
  expect(new Set(seen.map(({ message }) => message.headers[SIGNATURE_HEADERS.nonce])).size).toBe(20);
});

test('a request that is refused is sent once more, with the newest key', async () => {
  topic.hold(keyOf('newer'));
  respond = (response) => {
    if (seen.length === 1) response.writeHead(403, { [REFUSED_HEADER]: 'true' }).end('no');
    else response.writeHead(201).end('yes');
  };
  expect(await client.send(url, REQUEST)).toMatchObject({ status: 201, body: 'yes' });
  expect([seen.length, topic.refreshes]).toEqual([2, 1]);
  const [one, two] = seen.map(({ message }) => message.headers[SIGNATURE_HEADERS.nonce]);
  expect(one).not.toBe(two);
});

test('one that is refused again is an error that tells by whom and why; any other 403 is an answer', async () => {
  respond = (response) => response.writeHead(403, { [REFUSED_HEADER]: 'true' }).end('the clocks differ');
  const error: unknown = await client.send(`${url}/`, REQUEST).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(SignatureRefusedError);
  expect(error).toMatchObject({ message: expect.stringContaining(`${url} does not accept it: the clocks differ`) });
  respond = (response) => response.writeHead(403).end('no');
  expect(await client.send(url, REQUEST)).toMatchObject({ status: 403, body: 'no' });
  expect(seen).toHaveLength(3);
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

test('an answer that comes byte by byte must be complete in time', async () => {
  let dripping: NodeJS.Timeout | undefined;
  respond = (response) => {
    response.writeHead(200);
    dripping = setInterval(() => response.write('.'), 20);
  };
  await expect(client.send(url, { ...REQUEST, timeoutMs: 200 })).rejects.toMatchObject({ sent: true });
  clearInterval(dripping);
});

test('an answer that is cut off is none', async () => {
  respond = (response) => {
    response.writeHead(200, { 'content-length': 100 }).write('{"name"', () => response.socket?.destroy());
  };
  await expect(client.send(url, REQUEST)).rejects.toMatchObject({ sent: true });
});

test('nothing is sent while there is no key to sign with', async () => {
  client = new InternalClient(new SessionKeys(new KeyTopic()));
  await expect(client.send(url, REQUEST)).rejects.toMatchObject({ sent: false });
  expect(seen).toEqual([]);
});
