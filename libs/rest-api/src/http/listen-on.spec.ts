import { createServer } from 'node:net';
import { ConfigError } from '@tributary/connect-api';
import { WorkerConfig, type Service } from '@tributary/config-schemas';
import { freePort, MINIMAL_WORKER, TestAuthority, whyNoCertificates } from '@tributary/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { tlsGet } from '../testing/tls-get.js';
import { thingsModule } from '../testing/things.module.js';
import { listenOn } from './listen-on.js';
import { ServiceApp } from './service-app.js';

let app: ServiceApp;
afterEach(() => app.close(0));

async function listen(properties: Readonly<Record<string, string>>, service: Service = 'gateway'): Promise<string> {
  app = await ServiceApp.create(thingsModule);
  const config = WorkerConfig.parse({ ...MINIMAL_WORKER, ...properties }, service, () => undefined);
  return (await listenOn(app, config)).url;
}

const things = async (url: string) => (await fetch(new URL('things', url))).json();

describe('listenOn', () => {
  it.each([
    ['http://127.0.0.1:0', '127.0.0.1'],
    ['http://[::1]:0', '[::1]'],
    ['http://localhost:0', 'localhost'],
    ['http://[localhost]:0', 'localhost'],
  ])('opens %s, which others reach at %s', async (listeners, host) => {
    const url = await listen({ listeners });
    expect(new URL(url).hostname).toBe(host);
    expect(await things(url)).toEqual(['a']);
  });

  it('takes a host name for its IPv4 address', async () => {
    const url = await listen({ listeners: 'http://localhost:0' });
    expect(await things(url.replace('localhost', '127.0.0.1'))).toEqual(['a']);
  });

  it('opens several listeners, also twice any free port', async () => {
    const [port, url] = [await freePort(), await listen({ listeners: 'http://127.0.0.1:0,http://127.0.0.1:0' })];
    expect(await things(url)).toEqual(['a']);
    await app.close(0);
    await listen({ listeners: `http://127.0.0.1:${port},http://[::1]:${port}` });
    expect(await things(`http://127.0.0.1:${port}`)).toEqual(['a']);
    expect(await things(`http://[::1]:${port}`)).toEqual(['a']);
  });

  it('refuses a listener that it cannot open, by its name', async () => {
    const busy = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => busy.once('listening', resolve));
    const address = busy.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const free = await freePort();
    const problems = {
      [`http://127.0.0.1:${port}`]: `the port of listener http://127.0.0.1:${port} is in use`,
      [`http://127.0.0.1:${free},http://127.0.0.1:${free}`]: `the port of listener http://127.0.0.1:${free} is in use`,
      'http://no-such-host.invalid:0': 'listening on http://no-such-host.invalid:0: no address is known for the host',
      'http://192.0.2.1:0': 'listening on http://192.0.2.1:0: this machine does not have that address',
    };
    for (const [listeners, message] of Object.entries(problems)) {
      const error = await listen({ listeners }).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(ConfigError);
      expect(error).toHaveProperty('message', expect.stringContaining(message));
      await app.close(0);
    }
    busy.close();
  });
});

const reason = whyNoCertificates();
describe.skipIf(reason)(`listenOn with https${reason ? ` (${reason})` : ''}`, () => {
  let ca: TestAuthority;
  const certificate: Record<string, Readonly<Record<string, string>>> = {};
  beforeAll(() => {
    ca = new TestAuthority();
    for (const name of ['kafka', 'rest', 'admin']) {
      const { key, cert } = ca.issue(name);
      certificate[name] = { 'ssl.keystore.location': ca.write(`${name}.pem`, key + cert), 'ssl.keystore.type': 'PEM' };
    }
  }, 60_000);
  afterAll(() => ca.dispose());

  const prefixed = (prefix: string, name: string) =>
    Object.fromEntries(Object.entries(certificate[name] ?? {}).map(([key, value]) => [prefix + key, value]));
  const shownAt = async (port: number) => (await tlsGet(port, '/things', ca.certificate.cert)).shown;

  it('shows the certificate of the plain properties', async () => {
    const url = await listen({ ...certificate.kafka, listeners: 'https://localhost:0' });
    expect(url).toMatch(/^https:\/\/localhost:/);
    expect(await tlsGet(Number(new URL(url).port), '/things', ca.certificate.cert)).toMatchObject({
      shown: 'kafka',
      status: 200,
      body: '["a"]',
    });
  });

  it('shows that below the prefix where there is one, and on listeners of /admin theirs, beside http', async () => {
    const [rest, admin, plain] = [await freePort(), await freePort(), await freePort()];
    const url = await listen({
      ...certificate.kafka,
      ...prefixed('listeners.https.', 'rest'),
      ...prefixed('admin.listeners.https.', 'admin'),
      listeners: `https://localhost:${rest},http://localhost:${plain}`,
      'admin.listeners': `https://localhost:${admin}`,
    });
    expect(url).toBe(`http://localhost:${plain}/`);
    expect(await things(url)).toEqual(['a']);
    expect([await shownAt(rest), await shownAt(admin)]).toEqual(['rest', 'admin']);
    expect(await tlsGet(admin, '/things', ca.certificate.cert)).toMatchObject({ status: 404 });
  });

  it('shows the plain one to /admin where only the others have a prefix', async () => {
    const admin = await freePort();
    await listen({
      ...certificate.kafka,
      ...prefixed('listeners.https.', 'rest'),
      listeners: 'http://localhost:0',
      'admin.listeners': `https://localhost:${admin}`,
    });
    expect(await shownAt(admin)).toBe('kafka');
  });

  it.each<Service>(['herder', 'task-executor'])('does so for a %s', async (service) => {
    const [property] = service === 'herder' ? ['herder.listeners'] : ['executor.listeners'];
    const url = await listen({ ...prefixed('listeners.https.', 'rest'), [property]: 'https://localhost:0' }, service);
    expect(url).toMatch(/^https:/);
    expect(await shownAt(Number(new URL(url).port))).toBe('rest');
  });

  it('does not look at properties of https while nothing listens with it', async () => {
    const wrong = { 'ssl.keystore.location': '/no/such', 'ssl.keystore.password': 'x' };
    expect(await things(await listen({ ...wrong, listeners: 'http://localhost:0' }))).toEqual(['a']);
    await app.close(0);
    const error = await listen({ ...wrong, listeners: 'https://localhost:0' }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toHaveProperty('message', expect.stringContaining('ssl.keystore.location: the file does not exist'));
  });
});
