import { Agent, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect, type ConnectionOptions } from 'node:tls';
import type { WorkerConfig } from '@tributary/config-schemas';
import { httpsClientOptions, SslProperties } from '@tributary/tls';
import { FollowedTls, LOOK_MS } from './followed-tls.js';

/** As many as a service has open to another one at a time. */
export const MAX_SOCKETS = 64;

/**
 * Keeps connections to other services of the cluster. The `ssl.*` properties are read when the first one is made; when their
 * files change, new connections use what they hold, and those that are there go on.
 */
export class ServiceAgent extends Agent {
  private followed: FollowedTls<ConnectionOptions> | undefined;

  /** `lookMs`: how often changed files are looked for */
  constructor(
    private readonly ssl: SslProperties,
    private readonly lookMs = LOOK_MS,
  ) {
    super({ keepAlive: true, maxSockets: MAX_SOCKETS });
  }

  /** With the properties by which the service's https listeners go, as in the reference. */
  static for(config: WorkerConfig): ServiceAgent {
    return new ServiceAgent(new SslProperties(config.properties, config.httpsPrefix('listeners.https.')));
  }

  /** To be called before a request; throws a ConfigError where the properties or their files cannot be used. */
  prepare(): void {
    this.followed ??= new FollowedTls(
      'requests to other services',
      this.ssl,
      httpsClientOptions,
      undefined,
      this.lookMs,
    );
  }

  override createConnection({ host, port, servername }: RequestOptions): Duplex {
    return connect({ host: host ?? undefined, port: Number(port), servername, ...this.followed?.current });
  }

  override destroy(): void {
    this.followed?.close();
    super.destroy();
  }
}
