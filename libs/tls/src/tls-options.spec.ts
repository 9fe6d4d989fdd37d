import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server } from 'node:tls';
import { TestAuthority, whyNoCertificates } from '@tributary/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jvmOnlyProperties } from './jvm-only.js';
import { SslProperties } from './ssl-properties.js';
import { clientTlsOptions } from './tls-options.js';

const options = (properties: Record<string, string>) => clientTlsOptions(new SslProperties(properties));

describe('clientTlsOptions', () => {
  it('speaks TLS 1.2 and 1.3 and checks host names unless told otherwise', () => {
    expect(options({})).toEqual({ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' });
    expect(options({ 'ssl.enabled.protocols': 'TLSv1.1, TLSv1.2' })).toMatchObject({ maxVersion: 'TLSv1.2' });
    expect(options({ 'ssl.endpoint.identification.algorithm': '' })).toHaveProperty('checkServerIdentity');
    expect(options({ 'ssl.endpoint.identification.algorithm': 'HTTPS' })).not.toHaveProperty('checkServerIdentity');
  });

  it.each([
    ['TLS_AES_256_GCM_SHA384', 'TLS_AES_256_GCM_SHA384'],
    ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'ECDHE-RSA-AES128-GCM-SHA256'],
    ['TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256', 'ECDHE-ECDSA-CHACHA20-POLY1305'],
    ['TLS_DHE_RSA_WITH_AES_256_CBC_SHA256', 'DHE-RSA-AES256-SHA256'],
    ['TLS_RSA_WITH_AES_128_CBC_SHA,TLS_RSA_WITH_AES_256_GCM_SHA384', 'AES128-SHA:AES256-GCM-SHA384'],
  ])('offers the suites %s', (suites, ciphers) => {
    expect(options({ 'ssl.cipher.suites': suites })).toMatchObject({ ciphers });
  });

  it.each([
    [
      'ssl.cipher.suites',
      'TLS_AES_256_GCM_SHA384,TLS_DHE_DSS_WITH_AES_128_CBC_SHA',
      'TLS_DHE_DSS_WITH_AES_128_CBC_SHA',
    ],
    ['ssl.enabled.protocols', 'TLSv1.3,TLSv9', 'TLSv9'],
    ['ssl.enabled.protocols', 'TLSv1.1', 'TLSv1.1'],
    ['ssl.protocol', 'TLSv9', 'TLSv9'],
    ['ssl.endpoint.identification.algorithm', 'ldaps', 'ldaps'],
    ['ssl.provider', 'two words', 'two words'],
    ['ssl.keymanager.algorithm', 'Own', 'Own'],
    ['ssl.trustmanager.algorithm', 'Own', 'Own'],
    ['ssl.secure.random.implementation', 'Own', 'Own'],
  ])('refuses %s=%s', (name, value, named) => {
    expect(() => options({ [name]: value })).toThrow(`Invalid value ${named} for configuration ${name}: `);
  });

  it('refuses suites that fit none of the versions enabled', () => {
    const properties = { 'ssl.cipher.suites': 'TLS_AES_128_GCM_SHA256', 'ssl.enabled.protocols': 'TLSv1.2' };
    expect(() => options(properties)).toThrow('none of ssl.cipher.suites is for these versions');
  });

  it('names what is wrong with its prefix', () => {
    const prefixed = new SslProperties({ 'listeners.https.ssl.protocol': 'X' }, 'listeners.https.');
    expect(() => clientTlsOptions(prefixed)).toThrow('Invalid value X for configuration listeners.https.ssl.protocol');
  });
});

describe('jvmOnlyProperties', () => {
  it('names what only a JVM has and is not at its default', () => {
    const set = {
      'ssl.provider': 'SunJSSE',
      'ssl.keymanager.algorithm': 'SunX509',
      'ssl.trustmanager.algorithm': 'sunx509',
      'ssl.secure.random.implementation': 'DRBG',
    };
    expect(jvmOnlyProperties(new SslProperties(set))).toEqual([
      'ssl.provider',
      'ssl.trustmanager.algorithm',
      'ssl.secure.random.implementation',
    ]);
  });
});

const reason = whyNoCertificates();
describe.skipIf(reason)(`a handshake${reason ? ` (${reason})` : ''}`, () => {
  let ca: TestAuthority;
  let server: Server;
  let own: string;

  beforeAll(async () => {
    ca = new TestAuthority();
    const { key, cert } = ca.issue('server', 'DNS:localhost');
    own = cert;
    server = createServer({ key, cert, ca: ca.certificate.cert, requestCert: true, rejectUnauthorized: false });
    server.on('secureConnection', (socket) => {
      socket.on('error', () => undefined);
      socket.end(socket.authorized ? 'known' : 'unknown');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }, 120_000);
  afterAll(() => {
    server.close();
    ca.dispose();
  });

  const trust = (certificates = ca.certificate.cert) => ({
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.certificates': certificates,
  });

  /** What the server says of us, and the protocol and suite that were agreed upon. */
  async function shake(properties: Record<string, string>, servername = 'localhost'): Promise<string> {
    const { port } = server.address() as AddressInfo;
    const socket = connect({ host: '127.0.0.1', port, servername, ...options(properties) });
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    await once(socket, 'secureConnect');
    const agreed = `${socket.getProtocol() ?? ''} ${socket.getCipher().name}`;
    await once(socket, 'close');
    return `${Buffer.concat(chunks).toString()} ${agreed}`;
  }

  it('succeeds with a trusted authority, or with the certificate itself trusted', async () => {
    expect(await shake(trust())).toMatch(/^unknown TLSv1\.3/);
    expect(await shake(trust(own))).toMatch(/^unknown/);
  });

  it('shows our certificate', async () => {
    const { key, cert } = ca.issue('client');
    const identity = { 'ssl.keystore.type': 'PEM', 'ssl.keystore.key': key, 'ssl.keystore.certificate.chain': cert };
    expect(await shake({ ...trust(), ...identity })).toMatch(/^known/);
  });

  it('uses the protocols and suites that were asked for', async () => {
    const suite = { 'ssl.cipher.suites': 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256' };
    expect(await shake({ ...trust(), ...suite })).toMatch(/TLSv1\.2 ECDHE-ECDSA-AES128-GCM-SHA256$/);
    expect(await shake({ ...trust(), 'ssl.enabled.protocols': 'TLSv1.2' })).toMatch(/TLSv1\.2/);
    expect(await shake({ ...trust(), 'ssl.cipher.suites': 'TLS_AES_128_GCM_SHA256' })).toMatch(
      /TLS_AES_128_GCM_SHA256$/,
    );
  });

  it('fails with an unknown authority and under another name', async () => {
    const stranger = new TestAuthority('Stranger');
    await expect(shake(trust(stranger.certificate.cert))).rejects.toThrow(/unable to verify|self-signed/);
    stranger.dispose();
    await expect(shake(trust(), 'elsewhere')).rejects.toThrow(/Host: elsewhere/);
    expect(await shake({ ...trust(), 'ssl.endpoint.identification.algorithm': '' }, 'elsewhere')).toMatch(/^unknown/);
  });
});
