import { tlsFaultOf } from '@tributary/tls';
import { KafkaError } from '../errors.js';
import type { ConnectionSettings } from './connection-settings.js';

/** A connection that ended while logins were exchanged: kafkajs reports it as a login that was refused. */
const LOST_IN_LOGIN = /failed: (Closed connection|Connection (error|timeout)|connecting was given up)/;
/** Wrong credentials and certificates are no use trying again; a refused, reset or silent connection is. */
export function connectError(address: string, settings: ConnectionSettings, cause: unknown): KafkaError {
  if (cause instanceof KafkaError) return cause;
  const error = cause instanceof Error ? cause : new Error(String(cause));
  const message = `connecting to ${address}: ${error.message}`;
  if (error.name === 'KafkaJSSASLAuthenticationError' && !LOST_IN_LOGIN.test(error.message)) {
    return refused(message, 'SASL_AUTHENTICATION_FAILED', 'SaslAuthenticationException', cause);
  }
  const code = settings.tls === null ? undefined : tlsFaultOf(error);
  if (code !== undefined) {
    const what = `connecting to ${address}: SSL handshake failed: ${tlsReason(code, error.message)}`;
    return refused(what, 'SSL_AUTHENTICATION_FAILED', 'SslAuthenticationException', cause);
  }
  return KafkaError.disconnected(message + protocolHint(error.message, settings), cause);
}

function refused(message: string, kafkaCode: string, name: string, cause: unknown): KafkaError {
  const referenceClass = `org.apache.kafka.common.errors.${name}`;
  return new KafkaError(message, { retriable: false, kafkaCode, referenceClass, cause });
}

function tlsReason(code: string, text: string): string {
  const reason = text.replace(/^Connection error: /, '');
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/.test(code)) {
    return 'the listener does not speak TLS (security.protocol is for another one)';
  }
  if (/ALERT/.test(code)) return `the broker refused it (${code})`;
  return `${reason} (${code})`;
}

/** A listener ends a connection that begins otherwise than it expects, without a word. */
function protocolHint(text: string, settings: ConnectionSettings): string {
  const ended = settings.tls === null ? 'Closed connection' : 'before secure TLS connection was established';
  return text.includes(ended) ? '; the listener may be for another security.protocol' : '';
}
