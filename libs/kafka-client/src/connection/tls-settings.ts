import type { ConnectionOptions } from 'node:tls';
import { loggerFor } from '@tributary/observability';
import { clientTlsOptions, jvmOnlyProperties, notMentionedYet, SslProperties } from '@tributary/tls';
import type { ClientProperties } from '../api.js';

const log = loggerFor('kafka.properties');

/** Node's TLS options from `ssl.*`. What only a JVM has is checked, and mentioned once per process. */
export function tlsOptions(properties: ClientProperties): ConnectionOptions {
  const ssl = new SslProperties(properties);
  const options = clientTlsOptions(ssl);
  for (const property of notMentionedYet(ssl, jvmOnlyProperties(ssl))) {
    log.info({ property }, 'property means something to a JVM only and has no effect here');
  }
  return options;
}
