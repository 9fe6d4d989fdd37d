import { exchange, Relay } from '@tributary/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { InternalClient } from '../forwarding/internal-client.js';
import { ServiceApp } from '../http/service-app.js';
import { Startup } from '../status/startup.js';
import { keyOf, KeyTopic } from '../testing/key-topic.js';
import { thingsModule } from '../testing/things.module.js';
import { RequestVerifier } from './request-verifier.js';
import { SessionKeys } from './session-keys.js';
import { signedRequestsOnly } from './signed-requests-only.js';

const REQUEST = { method: 'PUT', path: '/things/a', body: '{"text":"aä"}', timeoutMs: 5_000 };

interface Service {
  readonly app: ServiceApp;
  readonly port: number;
  readonly relay: Relay;
  readonly startup: Startup;
}

const topic = new KeyTopic(keyOf('the key of the cluster'));
let services: Service[];
let service: Service;
let client: InternalClient;

async function serve(): Promise<Service> {
  const startup = new Startup('beginning');
  startup.finish();
  const app = await ServiceApp.create(thingsModule);
  let port = 0;
  const relay = await Relay.start(() => port);
  app.addFilter(signedRequestsOnly(new RequestVerifier(new SessionKeys(topic), () => relay.url), startup));
  port = await app.listen({ protocol: 'http', host: '127.0.0.1', port: 0 });
  return { app, port, relay, startup };
}

beforeEach(async () => {
  services = [await serve(), await serve()];
  [service] = services as [Service];
  client = new InternalClient(new SessionKeys(topic));
});
afterEach(async () => {
  client.close();
  await Promise.all(services.flatMap(({ app, relay }) => [app.close(), relay.stop()]));
});

const statusOf = (answer: string) => Number(answer.split(' ')[1]);
const refused = (status: number) => expect.objectContaining({ status });

test('a request of a service passes, whoever carries it', async () => {
  expect(await client.send(service.relay.url, REQUEST)).toMatchObject({
    status: 200,
    body: JSON.stringify({ text: REQUEST.body }),
  });
});

test('equal requests at the same time pass', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => client.send(service.relay.url, REQUEST)));
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
});

describe('a man in the middle', () => {
  test.each<[string, RegExp, string]>([
    ['the method', /^PUT/, 'DELETE'],
    ['the path', /\/things\/a/, '/things/b'],
    ['a query', /\/things\/a/, '/things/a?force=true'],
    ['the body', /:"a/, ':"b'],
    ['the body with its digest', /(digest: )....([^]*):"a/, '$1AAAA$2:"b'],
    ['the body into what is no text', /a\xc3\xa4/, '\xffxx'],
    ['the type of the body', /application\/json\r\nx/, 'application/json;x\r\nx'],
    ['the time', /request-time: 1/, 'request-time: 2'],
    ['the nonce', /(request-nonce: )..../, '$1AAAA'],
    ['how often it was handed on', /forwarded: 0/, 'forwarded: 1'],
    ['the algorithm', /HmacSHA256/, 'HmacSHA1'],
    ['the target', /(request-target: .*\d)\r/, '$10\r'],
    ['the signature', /(authorization: )..../, '$1AAAA'],
    ['a header into two', /(x-tributary-request-nonce: .*\r\n)/, '$1$1'],
  ])('cannot alter %s', async (_what, pattern, by) => {
    service.relay.alter = (sent) => Buffer.from(sent.toString('latin1').replace(pattern, by), 'latin1');
    await expect(client.send(service.relay.url, REQUEST)).rejects.toThrow(/does not accept it: .*"error_code":403/);
    expect(service.relay.overheard[0]?.toString('latin1')).toMatch(pattern);
  });

  test('cannot send a request again, here or to another process', async () => {
    const [one, other] = services as [Service, Service];
    expect(await client.send(one.relay.url, REQUEST)).toMatchObject({ status: 200 });
    const sent = Buffer.concat(one.relay.overheard);
    const again = await exchange(one.port, sent);
    expect([statusOf(again), again]).toEqual([403, expect.stringContaining('seen before')]);
    const elsewhere = await exchange(other.port, sent);
    expect([statusOf(elsewhere), elsewhere]).toEqual([403, expect.stringContaining('signed for another worker')]);
  });

  test('cannot keep the first copy and send another later in its place', async () => {
    let kept: Buffer | undefined;
    service.relay.alter = (sent) => {
      kept = sent;
      return Buffer.concat([sent, sent]);
    };
    await client.send(service.relay.url, REQUEST);
    expect(statusOf(await exchange(service.port, kept ?? ''))).toBe(403);
  });

  test('cannot cut a body short', async () => {
    service.relay.alter = (sent) => Buffer.from(sent.toString().replace(/content-length: 1\d/, 'content-length: 10'));
    // What is left over is no request, which the parser may find out before the filter.
    const outcome = await client.send(service.relay.url, REQUEST).then(
      ({ status }) => status,
      () => 403,
    );
    expect([403, 405]).toContain(outcome);
  });

  test('gets nothing done with a part of a request', async () => {
    service.relay.alter = (sent) => sent.subarray(0, sent.length - 3);
    await expect(client.send(service.relay.url, { ...REQUEST, timeoutMs: 200 })).rejects.toThrow('no answer within');
  });
});

describe('a stranger', () => {
  test.each(['GET /things', 'PUT /things/a', 'DELETE /things/a', 'GET /nothing', 'OPTIONS /things', 'GET //things'])(
    'is refused with %s',
    async (line) => {
      const answer = await exchange(service.port, `${line} HTTP/1.1\r\nHost: h\r\n\r\n`);
      expect(statusOf(answer)).toBe(403);
      expect(answer).toContain('{"error_code":403,"message":"Internal request missing required signature"}');
    },
  );

  test('is refused before the body is there, and cannot make the service read the config topic', async () => {
    const before = topic.refreshes;
    const head = 'PUT /things/a HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n';
    for (const length of ['Content-Length: 16000000', 'Transfer-Encoding: chunked']) {
      const answer = await exchange(service.port, `${head}${length}\r\n\r\n`);
      expect(statusOf(answer)).toBe(403);
      expect(answer).toMatch(/\r\nConnection: close\r\n/i);
    }
    expect(topic.refreshes).toBe(before);
  });

  test('may ask how the process is', async () => {
    const answer = await exchange(service.port, 'GET /health HTTP/1.1\r\nHost: h\r\n\r\n');
    expect(statusOf(answer)).not.toBe(403);
  });
});

test('while a service starts, it asks services to come again and refuses strangers', async () => {
  service.startup.enter('reading');
  expect(await client.send(service.relay.url, REQUEST)).toEqual(refused(503));
  expect(statusOf(await exchange(service.port, 'GET /things HTTP/1.1\r\nHost: h\r\n\r\n'))).toBe(403);
});
