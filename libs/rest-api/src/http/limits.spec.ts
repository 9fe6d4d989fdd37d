import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { until } from '@tributary/testing';
import { afterEach, expect, test } from 'vitest';
import { thingsModule } from '../testing/things.module.js';
import { SERVER_LIMITS, type ServerLimits } from './limits.js';
import { ServiceApp } from './service-app.js';

const DEADLINE_MS = 30_000;

let app: ServiceApp;
let port: number;
afterEach(() => app.close(0));

/** Only the limits under test are short: nobody else can be late. */
async function start(limits: Partial<ServerLimits>): Promise<void> {
  app = await ServiceApp.create(thingsModule, { limits: { ...SERVER_LIMITS, ...limits } });
  port = await app.listen({ protocol: 'http', host: '127.0.0.1', port: 0 });
}

function open(text = ''): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(text);
  return socket;
}

/** What the server sends until it ends the connection. */
async function untilEnd(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await new Promise((resolve) => socket.once('close', resolve));
  return text;
}

const TOO_SLOW = '{"error_code":408,"message":"The request took too long to arrive"}';

test(
  'headers that do not come to an end are refused',
  async () => {
    await start({ headersMs: 200, checkMs: 50 });
    const answer = await untilEnd(open('GET /things HTTP/1.1\r\nHost: h\r\nX: 1\r\n'));
    expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(answer.endsWith(TOO_SLOW)).toBe(true);
  },
  DEADLINE_MS,
);

test(
  'a body that does not come to an end is refused, though it goes on and on',
  async () => {
    await start({ requestMs: 300, headersMs: 300, checkMs: 50 });
    const socket = open(
      'PUT /things/a HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n',
    );
    const dripping = setInterval(() => socket.write(' '), 20);
    const answer = await untilEnd(socket);
    clearInterval(dripping);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer.endsWith(TOO_SLOW)).toBe(true);
  },
  DEADLINE_MS,
);

test(
  'a client that does not take its answers is cut off',
  async () => {
    await start({ silenceMs: 300 });
    const asked = `GET /things/${'x'.repeat(60_000)} HTTP/1.1\r\nHost: h\r\n\r\n`;
    const socket = open(asked.repeat(300));
    socket.pause();
    await new Promise((resolve) => socket.once('close', resolve));
    await until('the server to forget it', async () => (await app.connections()) === 0, DEADLINE_MS);
  },
  DEADLINE_MS,
);

test(
  'a connection that waits for a request is kept for a while, then closed',
  async () => {
    await start({ keepAliveMs: 300 });
    expect(await untilEnd(open('GET /things HTTP/1.1\r\nHost: h\r\n\r\n'))).toMatch(/^HTTP\/1\.1 200 .*\["a"\]$/s);
  },
  DEADLINE_MS,
);

test(
  'where all connections are taken, those that wait for a request make room',
  async () => {
    await start({ connections: 5 });
    const agents = Array.from({ length: 5 }, () => new Agent({ keepAlive: true }));
    for (const agent of agents) await get(agent);
    expect(await app.connections()).toBe(5);
    await expect(get(new Agent())).rejects.toThrow();
    await until('room', async () => (await get(new Agent())) === 200, DEADLINE_MS);
    for (const agent of agents) agent.destroy();
  },
  DEADLINE_MS,
);

test(
  'the bodies of all requests have a limit together, which ends with the requests',
  async () => {
    await start({ bodiesBytes: 1000 });
    const head = (length: number) =>
      `PUT /things/a HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`;
    const put = () => untilEnd(open(`${head(200)}${'x'.repeat(200)}`));
    expect(await put()).toMatch(/^HTTP\/1\.1 200 /);
    const half = open(`${head(1000)}${'x'.repeat(900)}`);
    const refused = await until(
      'a request to be refused',
      async () => [await put()].find((answer) => answer.startsWith('HTTP/1.1 503 ')),
      DEADLINE_MS,
    );
    expect(refused).toContain('{"error_code":503,"message":"Too many large requests are under way; try again later"}');
    expect(await get(new Agent())).toBe(200);
    half.destroy();
    await until('there to be room again', async () => (await put()).startsWith('HTTP/1.1 200 '), DEADLINE_MS);
  },
  DEADLINE_MS,
);

function get(agent: Agent): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: '/things', agent }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode));
    });
    asked.once('error', reject);
    asked.end();
  });
}
