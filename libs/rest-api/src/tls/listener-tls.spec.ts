import { renameSync } from 'node:fs';
import { Agent } from 'node:https';
import { TestAuthority, until, whyNoCertificates } from '@tributary/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HttpsServer } from '../testing/https-server.js';
import { tlsGet } from '../testing/tls-get.js';

const reason = whyNoCertificates();
const DEADLINE_MS = 30_000;
const PASSWORD = 'store-secret';

describe.skipIf(reason)(`the certificates of a listener${reason ? ` (${reason})` : ''}`, () => {
  let ca: TestAuthority;
  let server: HttpsServer | undefined;
  beforeAll(() => {
    ca = new TestAuthority();
  }, 60_000);
  afterEach(() => server?.close());
  afterAll(() => ca.dispose());

  const pem = (name: string) => {
    const { key, cert } = ca.issue(name);
    return key + cert;
  };

  it('are exchanged under a client, whose connection goes on', async () => {
    const file = ca.write('store.pem', pem('first'));
    server = await HttpsServer.start({ 'ssl.keystore.type': 'PEM', 'ssl.keystore.location': file });
    const { port } = server;
    const get = (agent?: Agent) => tlsGet(port, '/things', ca.certificate.cert, agent);
    const kept = new Agent({ keepAlive: true, maxSockets: 1 });
    expect(await get(kept)).toEqual({ shown: 'first', status: 200, body: '["a"]' });

    renameSync(ca.write('next.pem', pem('second')), file);
    await until('the second certificate to be shown', async () => (await get()).shown === 'second', DEADLINE_MS);
    expect(await get(kept)).toEqual({ shown: 'first', status: 200, body: '["a"]' });
    kept.destroy();
  });

  it('may come later: what is asked of clients holds from the beginning', async () => {
    const store = (name: string) => renameSync(name, `${ca.directory}/changing.p12`);
    const client = ca.issue('client');
    store(ca.trustStore(PASSWORD));
    server = await HttpsServer.start({
      'ssl.keystore.location': `${ca.directory}/changing.p12`,
      'ssl.keystore.password': PASSWORD,
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.location': ca.certificate.certFile,
      'ssl.client.auth': 'required',
    });
    const identity = ['--cert', client.certFile, '--key', client.keyFile];
    const things = async (...options: string[]) => server?.things('--cacert', ca.certificate.certFile, ...options);
    expect(await things(...identity)).toMatch(/^curl: /);

    store(ca.keyStore(ca.issue('later'), PASSWORD));
    await until('the key to be used', async () => (await things(...identity)) === '["a"]', DEADLINE_MS);
    expect(await things()).toMatch(/^curl: /);
  });

  it('that are trusted are exchanged too', async () => {
    const trust = ca.write('trust.pem', ca.issue('somebody').cert);
    const client = ca.issue('client');
    server = await HttpsServer.start({
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.location': ca.write('own.pem', pem('own')),
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.location': trust,
      'ssl.client.auth': 'required',
    });
    const options = ['--cacert', ca.certificate.certFile, '--cert', client.certFile, '--key', client.keyFile];
    const served = async () => (await server?.things(...options)) === '["a"]';
    expect(await served()).toBe(false);
    ca.write('trust.pem', client.cert);
    await until('the client to be served', served, DEADLINE_MS);
    ca.write('trust.pem', ca.issue('other').cert);
    await until('the client not to be served any more', async () => !(await served()), DEADLINE_MS);
  });
});
