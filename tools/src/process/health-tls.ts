import type { ConnectionOptions } from 'node:tls';
import { ConfigProviders, httpsPrefix } from '@tributary/config-schemas';
import { httpsClientOptions, SslProperties } from '@tributary/tls';

/**
 * How to ask services with these worker properties for their health over https: as they ask each other, with their own
 * certificate for those that want one. Theirs is not looked at: whoever started them on this machine knows who they are, the
 * question holds no secret, and a listener may be reached under a name that its certificate does not have.
 */
export function healthTls(properties: Readonly<Record<string, string>>): ConnectionOptions {
  const unchecked = { rejectUnauthorized: false, checkServerIdentity: () => undefined };
  try {
    const resolved = ConfigProviders.from(properties).resolveWorker(properties).properties;
    const ssl = new SslProperties(resolved, httpsPrefix(resolved, 'listeners.https.'));
    return { ...httpsClientOptions(ssl), ...unchecked };
  } catch {
    // The services will refuse the same properties, and say why.
    return unchecked;
  }
}
