import { execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { TestAuthority, whyNoCertificates, type TestCertificate } from '@tributary/testing';
import { httpsJvmOnlyProperties, SslProperties } from '@tributary/tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HttpsServer } from '../testing/https-server.js';

/** However it was ended. */
const closed = (socket: Socket) => new Promise((resolve) => socket.on('error', () => undefined).once('close', resolve));

type Properties = Readonly<Record<string, string>>;

const reason = whyNoCertificates();
const PASSWORD = 'store-secret';
const NO_PROTOCOL = '(NONE), Cipher is (NONE)';
const THINGS = '["a"]';

describe.skipIf(reason)(`an https listener${reason ? ` (${reason})` : ''}`, () => {
  let ca: TestAuthority;
  let stranger: TestAuthority;
  let own: TestCertificate;
  let store: Properties;
  let trust: Properties;
  let server: HttpsServer | undefined;
  let trusting: string[];
  const identity: Record<string, string[]> = {};

  beforeAll(() => {
    ca = new TestAuthority();
    stranger = new TestAuthority('Stranger');
    own = ca.issue('own');
    store = { 'ssl.keystore.location': ca.keyStore(own, PASSWORD), 'ssl.keystore.password': PASSWORD };
    trust = { 'ssl.truststore.location': ca.write('trust.pem', ca.certificate.cert), 'ssl.truststore.type': 'PEM' };
    trusting = ['--cacert', ca.certificate.certFile];
    const certificates = {
      known: ca.issue('client', 'DNS:client'),
      unknown: stranger.issue('client', 'DNS:client'),
      expired: ca.issueExpired('late'),
      own,
    };
    for (const [name, { certFile, keyFile }] of Object.entries(certificates)) {
      identity[name] = ['--cert', certFile, '--key', keyFile];
    }
  }, 120_000);
  afterEach(() => server?.close());
  afterAll(() => {
    ca.dispose();
    stranger.dispose();
  });

  async function start(properties: Properties): Promise<HttpsServer> {
    return (server = await HttpsServer.start(properties));
  }
  const things = async (properties: Properties, ...options: string[]) =>
    (await start(properties)).things(...trusting, ...options);

  it('shows the certificate in ssl.keystore.location, opened with ssl.keystore.password', async () => {
    expect(await things(store)).toBe(THINGS);
    await expect(start({ ...store, 'ssl.keystore.password': 'guess' })).rejects.toThrow(
      /own\.key\.p12 for configuration ssl\.keystore\.location: the password is wrong/,
    );
    await expect(start({ ...store, 'ssl.keystore.location': '/no/such' })).rejects.toThrow(
      'Invalid value /no/such for configuration ssl.keystore.location: the file does not exist',
    );
  });

  it('reads the format of ssl.keystore.type, with the key opened by ssl.key.password', async () => {
    const cipher = { format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'key-secret' } as const;
    const locked = ca.write('locked.pem', createPrivateKey(own.key).export(cipher).toString() + own.cert);
    const pem = { 'ssl.keystore.location': locked, 'ssl.keystore.type': 'PEM', 'ssl.key.password': 'key-secret' };
    expect(await things(pem)).toBe(THINGS);
    await expect(start({ ...pem, 'ssl.key.password': 'guess' })).rejects.toThrow('the password of its key is wrong');
    const asPkcs12 = { ...pem, 'ssl.keystore.type': 'PKCS12', 'ssl.keystore.password': PASSWORD };
    await expect(start(asPkcs12)).rejects.toThrow('it is in PEM: set the type to PEM');
  });

  it('takes PEM in the properties', async () => {
    const inline = {
      'ssl.keystore.key': own.key,
      'ssl.keystore.certificate.chain': own.cert,
      'ssl.keystore.type': 'PEM',
    };
    const trusted = { 'ssl.truststore.certificates': ca.certificate.cert, 'ssl.truststore.type': 'PEM' };
    const required = { ...inline, ...trusted, 'ssl.client.auth': 'required' };
    expect(await things(required, ...(identity.known ?? []))).toBe(THINGS);
  });

  it.each<[auth: string, whose: string | undefined, served: boolean]>([
    ['none', undefined, true],
    ['none', 'unknown', true],
    ['requested', undefined, true],
    ['requested', 'known', true],
    ['requested', 'unknown', false],
    ['requested', 'expired', false],
    ['required', undefined, false],
    ['required', 'known', true],
    ['required', 'unknown', false],
    ['required', 'expired', false],
  ])('with ssl.client.auth=%s and a client whose certificate is %s: served %s', async (auth, whose, served) => {
    const options = (whose === undefined ? undefined : identity[whose]) ?? [];
    const answer = await things({ ...store, ...trust, 'ssl.client.auth': auth }, ...options);
    if (served) expect(answer).toBe(THINGS);
    else expect(answer).toMatch(/^curl: /);
  });

  it('trusts what is in ssl.truststore.location of ssl.truststore.type, opened with ssl.truststore.password', async () => {
    const file = ca.keyStore(own, PASSWORD);
    const p12 = { 'ssl.truststore.location': file, 'ssl.truststore.password': PASSWORD, 'ssl.client.auth': 'required' };
    expect(await things({ ...store, ...p12 }, ...(identity.own ?? []))).toBe(THINGS);
    await server?.close();
    expect(await things({ ...store, ...p12 }, ...(identity.known ?? []))).toMatch(/^curl: /);
    const refused = start({ ...store, ...p12, 'ssl.truststore.password': 'guess' });
    await expect(refused).rejects.toThrow('for configuration ssl.truststore.location: the password is wrong');
    const asPem = start({ ...store, 'ssl.truststore.location': file, 'ssl.truststore.type': 'PEM' });
    await expect(asPem).rejects.toThrow('it holds no certificate in PEM');
  });

  it('trusts its own certificate where there is a key store and no trust store', async () => {
    const properties = { ...store, 'ssl.client.auth': 'required' };
    expect(await things(properties, ...(identity.own ?? []))).toBe(THINGS);
    await server?.close();
    expect(await things(properties, ...(identity.known ?? []))).toMatch(/^curl: /);
  });

  const TLS_1_2 = 'TLSv1.2, Cipher is ECDHE-ECDSA-AES256-GCM-SHA384';
  const TLS_1_3 = 'TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384';
  it.each<[properties: Properties, tls12: string, tls13: string]>([
    [{}, TLS_1_2, TLS_1_3],
    [{ 'ssl.enabled.protocols': 'TLSv1.2' }, TLS_1_2, NO_PROTOCOL],
    [{ 'ssl.enabled.protocols': 'TLSv1.3,TLSv9' }, NO_PROTOCOL, TLS_1_3],
    [{ 'ssl.protocol': 'TLSv1.2' }, TLS_1_2, NO_PROTOCOL],
    [{ 'ssl.protocol': 'tls' }, TLS_1_2, TLS_1_3],
    [{ 'ssl.protocol': 'TLSv1.1' }, NO_PROTOCOL, NO_PROTOCOL],
    [{ 'ssl.enabled.protocols': 'TLSv9' }, NO_PROTOCOL, NO_PROTOCOL],
    [{ 'ssl.cipher.suites': 'TLS_AES_128_GCM_SHA256' }, NO_PROTOCOL, 'TLSv1.3, Cipher is TLS_AES_128_GCM_SHA256'],
    [
      { 'ssl.cipher.suites': 'TLS_ECDHE_ECDSA_WITH_AES_128_.*' },
      'TLSv1.2, Cipher is ECDHE-ECDSA-AES128-GCM-SHA256',
      NO_PROTOCOL,
    ],
    [{ 'ssl.cipher.suites': 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384' }, NO_PROTOCOL, NO_PROTOCOL],
    [{ 'ssl.cipher.suites': 'unknown' }, NO_PROTOCOL, NO_PROTOCOL],
  ])('with %o speaks TLS 1.2 as %s and 1.3 as %s', async (properties, tls12, tls13) => {
    const { agreed } = await start({ ...store, ...properties });
    const of = agreed.bind(server);
    expect([await of('-tls1_2'), await of('-tls1_3')]).toEqual([tls12, tls13]);
  });

  it.each(['AES128-SHA', 'ECDHE-ECDSA-AES128-SHA', 'ECDHE-ECDSA-CAMELLIA256-SHA384'])(
    'never agrees upon %s, which the reference leaves out',
    async (suite) => {
      expect(await (await start(store)).agreed('-tls1_2', '-cipher', suite)).toBe(NO_PROTOCOL);
    },
  );

  it.each([['-tls1_1'], ['-tls1']])('speaks nothing older: %s', async (version) => {
    expect(await (await start(store)).agreed(version, '-cipher', 'ALL:@SECLEVEL=0')).toBe(NO_PROTOCOL);
  });

  const jvmOnly = {
    'ssl.provider': 'Any Provider',
    'ssl.keymanager.algorithm': 'PKIX',
    'ssl.trustmanager.algorithm': 'SunX509',
    'ssl.secure.random.implementation': 'SHA1PRNG',
  };
  it.each(Object.entries(jvmOnly))('takes %s=%s, which has no effect', async (name, value) => {
    expect(httpsJvmOnlyProperties(new SslProperties({ [name]: value }))).toEqual([name]);
    const properties = { ...store, ...trust, 'ssl.client.auth': 'required', [name]: value };
    expect(await things(properties, ...(identity.known ?? []))).toBe(THINGS);
  });

  it.each([
    ...Object.keys(jvmOnly)
      .filter((name) => name !== 'ssl.provider')
      .map((name) => [name, 'unknown']),
    ['ssl.protocol', 'TLSv9'],
    ['ssl.client.auth', 'REQUIRED'],
    ['ssl.keystore.type', 'BKS'],
    ['ssl.cipher.suites', '('],
  ] as [string, string][])('does not start with %s=%s', async (name, value) => {
    const message = `Invalid value ${value} for configuration ${name}: `;
    await expect(start({ ...store, [name]: value })).rejects.toThrow(message);
    const prefixed = Object.entries({ ...store, [name]: value }).map(([key, each]) => [`listeners.https.${key}`, each]);
    const refused = HttpsServer.start(Object.fromEntries(prefixed) as Properties, 'listeners.https.');
    await expect(refused).rejects.toThrow(`Invalid value ${value} for configuration listeners.https.${name}: `);
  });

  it('does not start with a key that OpenSSL does not take', async () => {
    const [key, cert] = [`${ca.directory}/short.key`, `${ca.directory}/short.crt`];
    const made = ['-x509', '-newkey', 'rsa:512', '-nodes', '-subj', '/CN=short', '-keyout', key, '-out', cert];
    execFileSync('openssl', ['req', ...made], { stdio: 'pipe' });
    const file = ca.write('short.pem', readFileSync(key, 'utf8') + readFileSync(cert, 'utf8'));
    const refused = start({ 'ssl.keystore.location': file, 'ssl.keystore.type': 'PEM' });
    await expect(refused).rejects.toThrow(/short\.pem for configuration ssl\.keystore\.location: .*ee key too small/);
  });

  it('does not look at ssl.endpoint.identification.algorithm, which is for clients', async () => {
    expect(await things({ ...store, 'ssl.endpoint.identification.algorithm': 'unknown' })).toBe(THINGS);
  });

  it.each<[string, () => Properties]>([
    ['no key store', () => ({})],
    ['a key store without a key', () => ({ ...trustedOnly(), 'ssl.keystore.password': PASSWORD })],
  ])('starts with %s, as the reference does, and refuses every client', async (_what, properties) => {
    const { agreed } = await start(properties());
    const of = agreed.bind(server);
    expect([await of('-tls1_2'), await of('-tls1_3')]).toEqual([NO_PROTOCOL, NO_PROTOCOL]);
  });
  const trustedOnly = () => ({ 'ssl.keystore.location': ca.trustStore(PASSWORD) });

  it('serves whatever host name a client asks for', async () => {
    const { curl, url } = await start(store);
    const address = curl.bind(server);
    expect(await address('-k', `${url.call(server, 'elsewhere')}/things`)).toBe(THINGS);
    expect(await address(...trusting, `${url.call(server, 'elsewhere')}/things`)).toMatch(/^curl: .*elsewhere/);
    expect(await address(...trusting, `${url.call(server, '127.0.0.1')}/things`)).toBe(THINGS);
  });

  it('ends connections whose handshake does not come to an end', async () => {
    server = await HttpsServer.start(store, '', { headersMs: 200 });
    await closed(connect(server.port, '127.0.0.1'));
    expect(await server.things(...trusting)).toBe(THINGS);
  });

  it('closes although a handshake has not come to an end', async () => {
    const { port } = await start(store);
    const silent = connect(port, '127.0.0.1');
    await once(silent, 'connect');
    const ended = closed(silent);
    await server?.close();
    await ended;
  });

  it('ends connections that do not speak TLS', async () => {
    const { curl, port } = await start(store);
    expect(await curl.call(server, `http://127.0.0.1:${port}/things`)).toMatch(/^curl: /);
    expect(await server?.things(...trusting)).toBe(THINGS);
  });
});
