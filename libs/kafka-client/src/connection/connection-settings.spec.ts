import { ConfigError } from '@tributary/connect-api';
import { describe, expect, it } from 'vitest';
import { connectionSettings } from './connection-settings.js';

const base = { 'bootstrap.servers': 'a:1' };
const jaas = (options: string): string =>
  `org.apache.kafka.common.security.plain.PlainLoginModule required ${options};`;

describe('connectionSettings', () => {
  it('reads hosts, also IPv6 ones and such with a listener name', () => {
    const { bootstrap } = connectionSettings({ 'bootstrap.servers': 'a:1, PLAINTEXT://b.c:29 ,[::1]:3' });
    expect(bootstrap).toEqual([
      { host: 'a', port: 1 },
      { host: 'b.c', port: 29 },
      { host: '::1', port: 3 },
    ]);
  });

  it.each([
    ['a missing address', {}, 'Missing required configuration "bootstrap.servers"'],
    ['an address without a port', { 'bootstrap.servers': 'a' }, 'Invalid value a for configuration bootstrap.servers'],
    [
      'a port that is none',
      { 'bootstrap.servers': 'a:70000' },
      'Invalid value a:70000 for configuration bootstrap.servers',
    ],
    ['an unknown protocol', { ...base, 'security.protocol': 'TLS' }, 'String must be one of: PLAINTEXT, SSL'],
    [
      'text for a number',
      { ...base, 'request.timeout.ms': 'soon' },
      'Invalid value soon for configuration request.timeout.ms',
    ],
    ['a number that is too small', { ...base, 'retry.backoff.ms': '-1' }, 'Value must be at least 0'],
    [
      'a mechanism that is not supported',
      { ...base, 'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'GSSAPI' },
      'Invalid value GSSAPI for configuration sasl.mechanism: String must be one of: PLAIN, SCRAM-SHA-256, SCRAM-SHA-512',
    ],
    [
      'a trust store that is not there',
      { ...base, 'security.protocol': 'SSL', 'ssl.truststore.location': '/t.jks' },
      'Invalid value /t.jks for configuration ssl.truststore.location: the file does not exist',
    ],
    [
      'a key store that is not there',
      { ...base, 'security.protocol': 'SSL', 'ssl.keystore.location': '/no/such', 'ssl.keystore.type': 'PEM' },
      'Invalid value /no/such for configuration ssl.keystore.location: the file does not exist',
    ],
  ])('refuses %s', (_name, properties, message) => {
    expect(() => connectionSettings(properties)).toThrow(ConfigError);
    expect(() => connectionSettings(properties)).toThrow(message);
  });

  it.each([
    [
      'another module',
      'com.example.Login required username="a" password="hunter2";',
      'the login module must be one of: ',
    ],
    ['a delegation token', jaas('username="a" password="hunter2" tokenauth="true"'), '(tokenauth) are not supported'],
    ['two logins', jaas('username="a" password="hunter2"').repeat(2), 'contains 2 login modules, should be 1 module'],
    ['quotes that do not close', jaas('username="a password="hunter2"'), 'Value not specified for key'],
  ])('refuses %s in sasl.jaas.config, and keeps the password', (_name, value, message) => {
    const properties = { ...base, 'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'PLAIN' };
    const read = () => connectionSettings({ ...properties, 'sasl.jaas.config': value });
    expect(read).toThrow(message);
    expect(read).not.toThrow('hunter2');
  });

  it('never shows credentials in an error', () => {
    const properties = { ...base, 'security.protocol': 'SASL_PLAINTEXT', 'sasl.mechanism': 'PLAIN' };
    const broken = { ...properties, 'sasl.jaas.config': jaas('password="hunter2"') };
    expect(() => connectionSettings(broken)).toThrow(
      'Invalid configuration sasl.jaas.config: option username is missing',
    );
    expect(() => connectionSettings(broken)).not.toThrow('hunter2');
  });

  it('checks host names unless told not to', () => {
    const properties = { ...base, 'security.protocol': 'SSL' };
    expect(connectionSettings(properties).tls).not.toHaveProperty('checkServerIdentity');
    const unchecked = { ...properties, 'ssl.endpoint.identification.algorithm': '' };
    expect(connectionSettings(unchecked).tls).toHaveProperty('checkServerIdentity');
  });
});
