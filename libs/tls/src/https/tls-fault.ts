/** The other side's alert, what is wrong with its certificate, or bytes that are no TLS. */
const CODES =
  /^(ERR_SSL_|ERR_TLS_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|HOSTNAME_)/;

/** Whether an error with that code says that a handshake failed: trying again does not help. */
export function isTlsFault(code: string): boolean {
  return CODES.test(code);
}
