import type { Server } from 'node:https';
import type { TlsOptions } from 'node:tls';
import { ConfigError } from '@tributary/connect-api';
import { loggerFor } from '@tributary/observability';
import {
  httpsJvmOnlyProperties,
  httpsServerOptions,
  notMentionedYet,
  type HttpsServerOptions,
  type SslProperties,
} from '@tributary/tls';
import { FollowedTls, LOOK_MS } from './followed-tls.js';
import { allowPartialChains } from './partial-chains.js';

const log = loggerFor('rest.tls');

/** The TLS of https listeners that share their `ssl.*` properties. Lives as long as the servers that follow it. */
export class ListenerTls {
  private readonly followed: FollowedTls<HttpsServerOptions>;
  private readonly servers = new Set<Server>();

  /** Throws a ConfigError where the properties cannot be used. `lookMs`: how often changed files are looked for */
  constructor(ssl: SslProperties, lookMs = LOOK_MS) {
    this.followed = new FollowedTls('the https listeners', ssl, httpsServerOptions, (next) => this.renew(next), lookMs);
    const { unusable } = this.followed.current;
    if (unusable !== undefined) log.error(`no client can connect to the https listeners: ${unusable}`);
    for (const property of notMentionedYet(ssl, httpsJvmOnlyProperties(ssl))) {
      log.info({ property }, 'property means something to a JVM only and has no effect here');
    }
  }

  get options(): TlsOptions {
    return this.followed.current.options;
  }

  /** From now on and until it closes, the server's new connections take what the files hold; others go on. */
  follow(server: Server): void {
    this.servers.add(server);
    allowPartialChains(server);
    server.once('close', () => {
      this.servers.delete(server);
      if (this.servers.size === 0) this.followed.close();
    });
  }

  private renew({ options, unusable }: HttpsServerOptions): void {
    if (unusable !== undefined) throw new ConfigError(unusable);
    for (const server of this.servers) {
      server.setSecureContext(options);
      allowPartialChains(server);
    }
  }
}
