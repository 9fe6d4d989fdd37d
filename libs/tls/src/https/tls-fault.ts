/** The other side's alert, what is wrong with its certificate, or bytes that are no TLS. */
const CODES =
  /^(ERR_SSL_|ERR_TLS_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|HOSTNAME_)/;

/** Where a handshake fails under a write, Node shows what OpenSSL says in the message alone. */
const OPENSSL_SAYS = /:SSL routines:[^:]*:([^:]+):/;

/**
 * The code of an error that says that TLS failed, e.g. `CERT_HAS_EXPIRED` or `ERR_SSL_TLSV1_ALERT_UNKNOWN_CA`: trying again
 * does not help. Undefined for any other error.
 */
export function tlsFaultOf(error: Error): string | undefined {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (CODES.test(code)) return code;
  const [, reason] = (code === 'EPROTO' && OPENSSL_SAYS.exec(error.message)) || [];
  return reason && `ERR_SSL_${reason.toUpperCase().replaceAll(' ', '_')}`;
}
