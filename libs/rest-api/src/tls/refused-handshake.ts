import { ConfigError, ConnectError } from '@tributary/connect-api';
import { tlsFaultOf } from '@tributary/tls';

/**
 * The error that a client gets where no connection to the service at that URL can be made because of certificates or TLS
 * properties, which waiting does not cure; undefined for any other failure. `connected`: whether the handshake was over.
 */
export function refusedHandshake(url: URL, cause: Error, connected: boolean): ConnectError | undefined {
  const reason = cause instanceof ConfigError ? cause.message : tlsReason(cause, connected);
  if (reason === undefined) return undefined;
  return new ConnectError(`Error trying to forward REST request: connecting to ${url.origin}: ${reason}`, { cause });
}

/** What else the end of a new connection may mean: a service ends those whose certificate it does not trust without a word. */
export function hangUpHint(cause: Error): string {
  const code = 'code' in cause ? cause.code : undefined;
  return code === 'ECONNRESET' || code === 'EPIPE' ? '; it may not trust our certificate' : '';
}

function tlsReason(cause: Error, connected: boolean): string | undefined {
  const code = tlsFaultOf(cause);
  if (code === undefined) return undefined;
  // With TLS 1.3, what the other side has against our certificate arrives after our handshake.
  const aboutUs = /_ALERT_\w*(CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)/.test(code);
  if (connected && !aboutUs) return undefined;
  if (aboutUs) return `it refuses our certificate (${code})`;
  if (code.includes('_ALERT_')) return `it refuses the handshake (${code})`;
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/.test(code)) return 'it does not speak TLS';
  if (code.startsWith('ERR_SSL_')) return `the handshake failed (${code})`;
  return `its certificate is refused: ${cause.message} (${code})`;
}
