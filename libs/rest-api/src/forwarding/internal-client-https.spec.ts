import { createServer, type Server } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { ConfigError, ConnectError } from '@tributary/connect-api';
import { TestAuthority, until, whyNoCertificates, type TestCertificate } from '@tributary/testing';
import { httpsServerOptions, SslProperties } from '@tributary/tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SessionKeys } from '../signing/session-keys.js';
import { keyOf, KeyTopic } from '../testing/key-topic.js';
import { ServiceAgent } from '../tls/service-agent.js';
import { InternalClient, NoAnswerError } from './internal-client.js';

type Properties = Readonly<Record<string, string>>;

const REQUEST = { method: 'PUT', path: '/connectors/a', body: '{}', timeoutMs: 20_000 };
const PASSWORD = 'store-secret';
const LOOK_MS = 20;
const DEADLINE_MS = 30_000;

const reason = whyNoCertificates();
describe.skipIf(reason)(`requests to another service over https${reason ? ` (${reason})` : ''}`, () => {
  let ca: TestAuthority;
  let stranger: TestAuthority;
  let own: TestCertificate;
  let trust: Properties;
  let server: Server | undefined;
  let client: InternalClient | undefined;
  let connections: number;

  beforeAll(() => {
    ca = new TestAuthority();
    stranger = new TestAuthority('Stranger');
    own = ca.issue('own');
    trust = { 'ssl.truststore.location': ca.write('trust.pem', ca.certificate.cert), 'ssl.truststore.type': 'PEM' };
  }, 60_000);
  afterEach(() => {
    client?.close();
    server?.closeAllConnections();
    server?.close();
  });
  afterAll(() => {
    ca.dispose();
    stranger.dispose();
  });

  const identity = (certificate: TestCertificate): Properties => ({
    'ssl.keystore.location': `${certificate.keyFile}.p12`,
    'ssl.keystore.password': PASSWORD,
  });
  const stored = (authority: TestAuthority, certificate: TestCertificate): Properties => {
    authority.keyStore(certificate, PASSWORD);
    return identity(certificate);
  };

  /** Answers with the name that a client asks for, and whose certificate it shows. */
  async function serve(properties: Properties): Promise<number> {
    connections = 0;
    server = createServer(httpsServerOptions(new SslProperties(properties)).options, ({ socket }, response) => {
      const tls = socket instanceof TLSSocket ? socket : undefined;
      const { subject } = tls?.getPeerCertificate() ?? {};
      response.end(JSON.stringify({ servername: Reflect.get(socket, 'servername'), client: subject?.CN ?? null }));
    });
    server.on('secureConnection', () => connections++);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  function clientWith(properties: Properties): InternalClient {
    const keys = new SessionKeys(new KeyTopic(keyOf('key')));
    client?.close();
    return (client = new InternalClient(keys, new ServiceAgent(new SslProperties(properties), LOOK_MS)));
  }

  async function ask(properties: Properties, port: number, host = 'localhost'): Promise<unknown> {
    const answer = await clientWith(properties).send(`https://${host}:${port}/`, REQUEST);
    return JSON.parse(answer.body);
  }

  it('are made where its certificate is trusted, with its name in the handshake', async () => {
    const port = await serve(stored(ca, own));
    expect(await ask(trust, port)).toEqual({ servername: 'localhost', client: null });
    expect(await ask(trust, port, '127.0.0.1')).toEqual({ servername: false, client: null });
  });

  it('show our certificate where it wants one', async () => {
    const port = await serve({ ...stored(ca, own), ...trust, 'ssl.client.auth': 'required' });
    expect(await ask({ ...trust, ...stored(ca, ca.issue('us')) }, port)).toMatchObject({ client: 'us' });
    await expect(ask(trust, port)).rejects.toThrow(
      /^Error trying to forward REST request: connecting to https:\/\/localhost:\d+: it refuses our certificate \(ERR_SSL_/,
    );
  });

  it('say that ours may not be trusted where it ends the connection', async () => {
    const port = await serve({ ...stored(ca, own), ...trust, 'ssl.client.auth': 'required' });
    const error = await ask({ ...trust, ...stored(stranger, stranger.issue('us')) }, port).catch(
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(NoAnswerError);
    expect(error).toHaveProperty('message', expect.stringContaining('; it may not trust our certificate)'));
  });

  it('trust their own certificate where there is a key store and no trust store', async () => {
    const properties = stored(ca, own);
    expect(await ask(properties, await serve(properties))).toMatchObject({ servername: 'localhost' });
  });

  it('share a connection', async () => {
    const port = await serve(stored(ca, own));
    const sender = clientWith(trust);
    for (let n = 0; n < 3; n++) await sender.send(`https://localhost:${port}`, REQUEST);
    expect(connections).toBe(1);
  });

  it.each<[string, () => Properties, string]>([
    [
      'of an unknown authority',
      () => stored(stranger, stranger.issue('strange')),
      'self-signed certificate in certificate chain',
    ],
    ['for another host', () => stored(ca, ca.issue('wrong', 'DNS:elsewhere')), 'Host: localhost. is not in the cert'],
    ['whose time is over', () => stored(ca, ca.issueExpired('late')), 'certificate has expired'],
  ])('are not made where its certificate is one %s', async (_what, properties, message) => {
    const port = await serve(properties());
    const error = await ask(trust, port).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ConnectError);
    expect(error).toHaveProperty(
      'message',
      expect.stringContaining(`https://localhost:${port}: its certificate is refused: `),
    );
    expect(error).toHaveProperty('message', expect.stringContaining(message));
  });

  it('look at its host name as ssl.endpoint.identification.algorithm says', async () => {
    const port = await serve(stored(ca, ca.issue('other', 'DNS:elsewhere')));
    const check = (algorithm: string) => ask({ ...trust, 'ssl.endpoint.identification.algorithm': algorithm }, port);
    expect(await check('')).toMatchObject({ servername: 'localhost' });
    await expect(check('HTTPS')).rejects.toThrow("does not match certificate's altnames");
    await expect(check('unknown')).rejects.toThrow(
      'Invalid value unknown for configuration ssl.endpoint.identification',
    );
  });

  it('keep to versions and suites', async () => {
    const port = await serve({ ...stored(ca, own), 'ssl.enabled.protocols': 'TLSv1.2' });
    await expect(ask({ ...trust, 'ssl.enabled.protocols': 'TLSv1.3' }, port)).rejects.toThrow(
      'it refuses the handshake (ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION)',
    );
    await expect(ask({ ...trust, 'ssl.cipher.suites': 'unknown' }, port)).rejects.toThrow(
      'no cipher suite is left by ssl.cipher.suites',
    );
  });

  it('say what is wrong with a store, and work once it is right', async () => {
    const port = await serve(stored(ca, own));
    const file = `${ca.directory}/later.pem`;
    const sender = clientWith({ 'ssl.truststore.location': file, 'ssl.truststore.type': 'PEM' });
    const send = () => sender.send(`https://localhost:${port}`, REQUEST);
    const error: unknown = await send().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ConnectError);
    expect(error).not.toBeInstanceOf(ConfigError);
    expect(error).toHaveProperty(
      'message',
      expect.stringContaining('ssl.truststore.location: the file does not exist'),
    );
    ca.write('later.pem', stranger.certificate.cert);
    await expect(send()).rejects.toThrow('its certificate is refused');
    ca.write('later.pem', ca.certificate.cert);
    await until('the authority to be trusted', () => send().then(Boolean, () => false), DEADLINE_MS);
  });

  it('may be tried again where the connection was not made', async () => {
    const port = await serve(stored(ca, own));
    server?.close();
    await expect(ask(trust, port)).rejects.toMatchObject({ sent: false });
  });

  it('may have arrived where the other side hangs up', async () => {
    const port = await serve(stored(ca, own));
    server?.removeAllListeners('request').on('request', ({ socket }) => socket.destroy());
    const error = await ask(trust, port).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(NoAnswerError);
    expect(error).toHaveProperty('sent', true);
  });
});
