import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_BODY_BYTES } from '../body/body.middleware.js';
import { thingsModule } from '../testing/things.module.js';
import { ServiceApp } from './service-app.js';

let app: ServiceApp;
let port: number;

beforeAll(async () => {
  app = await ServiceApp.create(thingsModule);
  port = await app.listen({ protocol: 'http', host: '127.0.0.1', port: 0 });
});
afterAll(() => app.close());

/** What comes back for these very bytes: status, headers and body as they are on the wire. */
async function exchange(bytes: string | Buffer): Promise<{ status: number; headers: string; body: string }> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.write(bytes);
  await once(socket, 'close');
  const text = Buffer.concat(chunks).toString();
  const end = text.indexOf('\r\n\r\n');
  return { status: Number(text.split(' ')[1]), headers: text.slice(0, end), body: text.slice(end + 4) };
}

const send = (method: string, path: string, headers: readonly string[] = [], body: string | Buffer = '') =>
  exchange(
    Buffer.concat([
      Buffer.from(
        [
          `${method} ${path} HTTP/1.1`,
          'Host: h',
          'Connection: close',
          ...(body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]),
          ...headers,
          '\r\n',
        ].join('\r\n'),
      ),
      Buffer.from(body),
    ]),
  );
const JSON_TYPE = 'Content-Type: application/json';
const error = (error_code: number, message: string) => JSON.stringify({ error_code, message });

describe('an answer', () => {
  test('is compact JSON with the plain content type, and nothing about the server', async () => {
    const { status, headers, body } = await send('GET', '/things');
    expect([status, body]).toEqual([200, '["a"]']);
    const names = headers
      .split('\r\n')
      .slice(1)
      .map((line) => line.slice(0, line.indexOf(':')).toLowerCase());
    expect(names.toSorted()).toEqual(['connection', 'content-length', 'content-type', 'date']);
    expect(headers).toMatch(/\r\nContent-Type: application\/json\r\n/);
  });

  test('without content has neither body nor type', async () => {
    const { status, headers, body } = await send('DELETE', '/things/a');
    expect([status, body]).toEqual([204, '']);
    expect(headers.toLowerCase()).not.toContain('content-');
  });

  test('to HEAD is that to GET without its body', async () => {
    const { status, headers, body } = await send('HEAD', '/things');
    expect([status, body]).toEqual([200, '']);
    expect(headers).toContain('Content-Length: 5');
  });
});

describe('a path', () => {
  test.each([
    ['/things/', 200, '["a"]'],
    ['/things/a%2Fb', 200, '{"name":"a/b"}'],
    ['/things/a%25b', 200, '{"name":"a%b"}'],
    ['/things/a%20b', 200, '{"name":"a b"}'],
    ['/things/a+b', 200, '{"name":"a+b"}'],
    ['/things/a;b=1', 200, '{"name":"a;b=1"}'],
    ['/things/%2E%2E', 200, '{"name":".."}'],
    ['/things/%E4%BD%A0', 200, '{"name":"你"}'],
    [`/things/${'x'.repeat(20_000)}`, 200, `{"name":"${'x'.repeat(20_000)}"}`],
    ['/things/%zz', 400, error(400, "Failed to decode param '%zz'")],
    ['/things/%FF', 400, error(400, "Failed to decode param '%FF'")],
    ['/Things', 404, error(404, 'HTTP 404 Not Found')],
    ['/nothing', 404, error(404, 'HTTP 404 Not Found')],
    ['/things/a/b', 404, error(404, 'HTTP 404 Not Found')],
    ['//things', 404, error(404, 'HTTP 404 Not Found')],
    ['/things/gone', 404, error(404, 'Thing gone not found')],
    ['/things/busy', 409, error(409, 'busy')],
    ['/things/broken', 500, error(500, 'nobody foresaw this')],
  ])('%.30s is answered with %i', async (path, status, body) => {
    expect(await send('GET', path)).toMatchObject({ status, body });
  });
});

describe('a method', () => {
  test.each(['POST', 'PATCH', 'TRACE', 'DELETE', 'INVENTED'])(
    '%s is refused where it is not served',
    async (method) => {
      expect(await send(method, '/things')).toMatchObject({
        status: 405,
        body: error(405, 'HTTP 405 Method Not Allowed'),
      });
    },
  );

  test('is known by OPTIONS', async () => {
    const answer = await send('OPTIONS', '/things/a');
    expect(answer).toMatchObject({ status: 200, body: 'HEAD, DELETE, GET, OPTIONS, PUT' });
    expect(answer.headers).toContain('Allow: HEAD,DELETE,GET,OPTIONS,PUT');
    expect((await send('OPTIONS', '/nothing')).status).toBe(404);
  });
});

describe('media types', () => {
  const UNSUPPORTED = { status: 415, body: error(415, 'HTTP 415 Unsupported Media Type') };
  const NOT_ACCEPTABLE = { status: 406, body: error(406, 'HTTP 406 Not Acceptable') };

  test.each([JSON_TYPE, 'content-type: APPLICATION/JSON;charset=ISO-8859-1'])(
    'a body sent as %s is read',
    async (type) => {
      expect(await send('PUT', '/things/a', [type], '{"a":"ä"}')).toMatchObject({
        status: 200,
        body: JSON.stringify({ text: '{"a":"ä"}' }),
      });
    },
  );

  test.each([[], ['Content-Type: text/json'], ['Content-Type: application/x-www-form-urlencoded'], ['Content-Type:']])(
    'a body sent as %j is refused',
    async (...type) => {
      expect(await send('PUT', '/things/a', type, '{}')).toMatchObject(UNSUPPORTED);
    },
  );

  test('a type is refused without a body too, and nothing needs no type', async () => {
    expect(await send('PUT', '/things/a', ['Content-Type: text/plain'])).toMatchObject(UNSUPPORTED);
    expect(await send('PUT', '/things/a')).toMatchObject({ status: 200, body: '{"text":""}' });
  });

  test('an unknown path or method comes before a wrong type', async () => {
    expect((await send('PUT', '/nothing', ['Content-Type: text/plain'], 'x')).status).toBe(404);
    expect((await send('POST', '/things', ['Content-Type: text/plain'], 'x')).status).toBe(405);
  });

  test.each(['application/json', '*/*', 'application/*', 'text/html, */*;q=0.1', 'APPLICATION/JSON;q=0.5', ''])(
    'a client that accepts %j is answered',
    async (accept) => {
      expect((await send('GET', '/things', [`Accept: ${accept}`])).status).toBe(200);
    },
  );

  test.each(['text/html', 'text/*', 'application/xml', 'garbage'])(
    'a client that accepts only %s is not',
    async (accept) => {
      expect(await send('GET', '/things', [`Accept: ${accept}`])).toMatchObject(NOT_ACCEPTABLE);
    },
  );
});

describe('a body', () => {
  test('larger than the limit is refused', async () => {
    const answer = await send('PUT', '/things/a', [JSON_TYPE], 'x'.repeat(MAX_BODY_BYTES + 1));
    expect(answer).toMatchObject({
      status: 413,
      body: error(413, `The request body is larger than ${MAX_BODY_BYTES} bytes`),
    });
    expect((await send('PUT', '/things/a', [JSON_TYPE], 'x'.repeat(MAX_BODY_BYTES))).status).toBe(200);
  });

  test('that is no UTF-8 is refused', async () => {
    const answer = await send('PUT', '/things/a', [JSON_TYPE], Buffer.from([0x22, 0xff, 0x22]));
    expect(answer).toMatchObject({ status: 400, body: error(400, 'The request body is not valid UTF-8') });
  });

  test('that ends too early harms nobody', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.write(`PUT /things/a HTTP/1.1\r\nHost: h\r\n${JSON_TYPE}\r\nContent-Length: 10\r\n\r\n{"a"`);
    await once(socket, 'connect');
    socket.destroy();
    expect((await send('GET', '/things')).status).toBe(200);
  });
});

test.each([
  ['no Host', 'GET /things HTTP/1.1\r\nConnection: close\r\n\r\n', 400, /^The request has no Host header$/],
  ['no HTTP at all', 'GET hello\r\n\r\n', 400, /^The request is not valid HTTP: /],
  ['a length that is no number', 'GET /things HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n', 400, /not valid HTTP/],
  ['raw UTF-8 in its path', 'GET /things/ä HTTP/1.1\r\nHost: h\r\n\r\n', 400, /not valid HTTP/],
  ['endless headers', `GET /things HTTP/1.1\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`, 431, /larger than 65536 bytes/],
])('a request with %s is answered with an error body', async (_what, bytes, status, message) => {
  const answer = await exchange(bytes);
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.body)).toEqual({ error_code: status, message: expect.stringMatching(message) });
});
