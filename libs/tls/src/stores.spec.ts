import { createPrivateKey } from 'node:crypto';
import { ConfigError } from '@tributary/connect-api';
import { keytool, TestAuthority, whyNoCertificates, whyNoKeytool } from '@tributary/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SslProperties } from './ssl-properties.js';
import { clientTlsOptions } from './tls-options.js';

const reason = whyNoCertificates();
const PASSWORD = 'store-secret';

const options = (properties: Record<string, string>) => clientTlsOptions(new SslProperties(properties));
/** Two certificates, the second one cut off. */
const half = (pem: string) => pem + pem.slice(0, -30);
const count = (pem: unknown) => String(pem).split('BEGIN CERTIFICATE').length - 1;

function messageOf(properties: Record<string, string>): string {
  try {
    options(properties);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'nothing was refused';
}

describe.skipIf(reason)(`stores made by openssl${reason ? ` (${reason})` : ''}`, () => {
  let ca: TestAuthority;
  let inFile: Record<string, string>;
  let p12: string;
  let pem: string;
  let locked: string;

  beforeAll(() => {
    ca = new TestAuthority();
    const own = ca.issue('own');
    p12 = ca.keyStore(own, PASSWORD);
    pem = ca.write('own.pem', own.key + own.cert + ca.certificate.cert);
    const cipher = { format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'key-secret' } as const;
    locked = ca.write('locked.pem', createPrivateKey(own.key).export(cipher).toString() + own.cert);
    inFile = { 'ssl.keystore.location': p12, 'ssl.keystore.password': PASSWORD };
  }, 120_000);
  afterAll(() => ca.dispose());

  it('reads a PKCS12 key store with its chain, also where the type is left at JKS', () => {
    for (const type of ['JKS', 'PKCS12', 'pkcs12']) {
      const { key, cert } = options({ ...inFile, 'ssl.keystore.type': type });
      expect(key).toContain('BEGIN PRIVATE KEY');
      expect(count(cert)).toBe(2);
    }
  });

  it('reads PEM files, and a key with a password of its own', () => {
    const chain = options({ 'ssl.keystore.type': 'PEM', 'ssl.keystore.location': pem });
    expect(count(chain.cert)).toBe(2);
    const opened = options({
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.location': locked,
      'ssl.key.password': 'key-secret',
    });
    expect(opened.key).toContain('BEGIN PRIVATE KEY');
  });

  it.each([
    ['as it is', (text: string) => text],
    ['with line ends written out', (text: string) => text.replaceAll('\n', '\\n')],
    ['in one line', (text: string) => text.replaceAll('\n', ' ')],
  ])('reads PEM in the properties %s', (name, written) => {
    const { key, cert } = ca.issue(name.replaceAll(' ', '-'));
    const { ca: trusted, ...identity } = options({
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.key': written(key),
      'ssl.keystore.certificate.chain': written(cert),
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.certificates': written(ca.certificate.cert + cert),
    });
    expect(identity).toMatchObject({ key, cert });
    expect(trusted).toHaveLength(2);
  });

  it('trusts the own certificate of a key in a trust store, and not the authority above it', () => {
    const trusted = options({ 'ssl.truststore.location': p12, 'ssl.truststore.password': PASSWORD }).ca;
    expect(trusted).toHaveLength(1);
  });

  it('reads a store again when its file has changed', () => {
    const file = ca.write('changing.pem', ca.certificate.cert);
    const trust = { 'ssl.truststore.type': 'PEM', 'ssl.truststore.location': file };
    expect(options(trust).ca).toHaveLength(1);
    ca.write('changing.pem', ca.certificate.cert + ca.issue('further').cert);
    expect(options(trust).ca).toHaveLength(2);
  });

  it.each<[string, () => Record<string, string>, RegExp]>([
    [
      'a missing file',
      () => ({ ...inFile, 'ssl.keystore.location': '/no/such' }),
      /\/no\/such .*keystore\.location.*not exist/,
    ],
    [
      'a wrong password',
      () => ({ ...inFile, 'ssl.keystore.password': 'guess' }),
      /own.key.p12.*location: the password is wrong/,
    ],
    ['another key password in PKCS12', () => ({ ...inFile, 'ssl.key.password': 'guess' }), /have the same password/],
    [
      'an unknown type',
      () => ({ ...inFile, 'ssl.keystore.type': 'BKS' }),
      /Invalid value BKS .*ssl\.keystore\.type: .*JKS, PKCS12, PEM/,
    ],
    ['PEM under the type JKS', () => ({ ...inFile, 'ssl.keystore.location': pem }), /set the type to PEM/],
    [
      'something else',
      () => ({ ...inFile, 'ssl.keystore.location': ca.write('text', 'hello') }),
      /neither a JKS nor a PKCS12 store/,
    ],
    ['a store without its password', () => ({ 'ssl.keystore.location': p12 }), /key store password is not specified/],
    ['a password without its store', () => ({ 'ssl.truststore.password': 'x' }), /trust store is not specified, but/],
    [
      'a PEM file without a key',
      () => ({ 'ssl.keystore.type': 'PEM', 'ssl.keystore.location': ca.certificate.certFile }),
      /no private key in PEM/,
    ],
    [
      'a PEM file that was not written to its end',
      () => ({
        'ssl.truststore.type': 'PEM',
        'ssl.truststore.location': ca.write('half.pem', half(ca.certificate.cert)),
      }),
      /half\.pem .*a certificate is cut off/,
    ],
    [
      'a key without its password',
      () => ({ 'ssl.keystore.type': 'PEM', 'ssl.keystore.location': locked }),
      /private key needs a password/,
    ],
    [
      'a key with a wrong one',
      () => ({ 'ssl.keystore.type': 'PEM', 'ssl.keystore.location': locked, 'ssl.key.password': 'guess' }),
      /password of its key is wrong/,
    ],
    [
      'a key and the certificate of another',
      () => ({
        'ssl.keystore.type': 'PEM',
        'ssl.keystore.key': ca.issue('one').key,
        'ssl.keystore.certificate.chain': ca.certificate.cert,
      }),
      /\[hidden\].*does not belong/,
    ],
    ['a chain without its key', () => ({ 'ssl.keystore.certificate.chain': 'x' }), /private key is not specified/],
    [
      'PEM in the properties under another type',
      () => ({ 'ssl.truststore.certificates': 'x' }),
      /only for PEM, but trust store type is JKS/,
    ],
  ])('refuses %s without a word of the secrets', (_name, properties, message) => {
    const said = messageOf(properties());
    expect(said).toMatch(message);
    expect(said).not.toMatch(/guess|store-secret|key-secret|BEGIN/);
  });
});

const missing = reason ?? whyNoKeytool();
describe.skipIf(missing)(`stores made by keytool${missing ? ` (${missing})` : ''}`, () => {
  let ca: TestAuthority;
  const file = (name: string) => `${ca.directory}/${name}`;

  beforeAll(() => {
    ca = new TestAuthority();
    for (const type of ['JKS', 'PKCS12']) {
      const store = ['-storetype', type, '-storepass', PASSWORD];
      const named = ['-genkeypair', '-alias', 'own', '-keyalg', 'RSA', '-dname', 'CN=localhost'];
      const key = type === 'JKS' ? ['-keypass', 'key-secret'] : [];
      keytool([...named, ...store, ...key, '-keystore', file(`key.${type}`)]);
      const trusted = ['-importcert', '-noprompt', '-alias', 'ca', '-file', ca.certificate.certFile];
      keytool([...trusted, ...store, '-keystore', file(`trust.${type}`)]);
    }
  }, 240_000);
  afterAll(() => ca.dispose());

  it.each(['JKS', 'PKCS12'])('reads a key store in %s', (type) => {
    const keyPassword: Record<string, string> = type === 'JKS' ? { 'ssl.key.password': 'key-secret' } : {};
    const store = { 'ssl.keystore.location': file(`key.${type}`), 'ssl.keystore.password': PASSWORD };
    expect(count(options({ ...store, ...keyPassword }).cert)).toBe(1);
    expect(messageOf({ ...store, 'ssl.keystore.password': 'guess' })).toMatch(/the password is wrong/);
  });

  it.each(['JKS', 'PKCS12'])('reads a trust store in %s that has no key', (type) => {
    const store = { 'ssl.truststore.location': file(`trust.${type}`), 'ssl.truststore.password': PASSWORD };
    expect(options(store).ca).toEqual([ca.certificate.cert]);
    const asKeys = { 'ssl.keystore.location': file(`trust.${type}`), 'ssl.keystore.password': PASSWORD };
    expect(messageOf(asKeys)).toMatch(/holds no private key/);
  });

  it('names the key whose password is wrong in JKS', () => {
    const store = { 'ssl.keystore.location': file('key.JKS'), 'ssl.keystore.password': PASSWORD };
    expect(messageOf(store)).toMatch(/key\.JKS .*the password of its key is wrong/);
  });
});
