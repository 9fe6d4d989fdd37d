import { describe, expect, it } from 'vitest';
import { connectError } from './connect-error.js';
import { connectionSettings } from './connection-settings.js';

const secured = connectionSettings({ 'bootstrap.servers': 'a:1', 'security.protocol': 'SSL' });
const plain = connectionSettings({ 'bootstrap.servers': 'a:1' });

const failure = (message: string, more: { name?: string; code?: string }) => Object.assign(new Error(message), more);
const login = { name: 'KafkaJSSASLAuthenticationError' };

describe('connectError', () => {
  it.each([
    ['a refused login', failure('SASL PLAIN authentication failed: no', login), 'SASL_AUTHENTICATION_FAILED'],
    ['an unknown authority', failure('unknown', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }), 'SSL_AUTHENTICATION_FAILED'],
    ['an expired certificate', failure('old', { code: 'CERT_HAS_EXPIRED' }), 'SSL_AUTHENTICATION_FAILED'],
    ['no common protocol', failure('x', { code: 'ERR_SSL_NO_PROTOCOLS_AVAILABLE' }), 'SSL_AUTHENTICATION_FAILED'],
  ])('gives up after %s', (_name, cause, kafkaCode) => {
    expect(connectError('a:1', secured, cause)).toMatchObject({ retriable: false, kafkaCode, cause });
  });

  it.each([
    ['a refused connection', failure('Connection error: refused', { code: 'ECONNREFUSED' })],
    ['a login that the broker did not end', failure('SASL PLAIN authentication failed: Closed connection', login)],
    ['a login cut off', failure('SASL SCRAM SHA256 authentication failed: Connection error: read ECONNRESET', login)],
  ])('tries again after %s', (_name, cause) => {
    expect(connectError('a:1', secured, cause)).toMatchObject({ retriable: true, kafkaCode: 'NETWORK_EXCEPTION' });
  });

  it('says what it can about the other side', () => {
    const noTls = failure('wrong version number', { code: 'ERR_SSL_WRONG_VERSION_NUMBER' });
    expect(connectError('a:1', secured, noTls).message).toMatch(/connecting to a:1: .*listener does not speak TLS/);
    const closed = failure('Closed connection', {});
    expect(connectError('a:1', plain, closed).message).toMatch(/may be for another security\.protocol$/);
    expect(connectError('a:1', secured, closed).message).toMatch(/Closed connection$/);
  });
});
