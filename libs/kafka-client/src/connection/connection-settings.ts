import type { ConnectionOptions } from 'node:tls';
import { ConfigError } from '@tributary/connect-api';
import type { SaslOptions } from 'kafkajs/src/network/connectionPool.js';
import type { ClientProperties } from '../api.js';
import { PropertyReader } from '../properties/property-reader.js';
import { saslOptions } from './sasl-settings.js';
import { tlsOptions } from './tls-settings.js';

export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** What every kind of client takes from its properties to reach the brokers. Times in milliseconds. */
export interface ConnectionSettings {
  readonly bootstrap: readonly HostPort[];
  readonly clientId: string;
  readonly tls: ConnectionOptions | null;
  readonly sasl: SaslOptions | null;
  readonly requestTimeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly reconnectBackoffMs: number;
  readonly reconnectBackoffMaxMs: number;
  readonly retryBackoffMs: number;
  readonly retryBackoffMaxMs: number;
  /** 0: never closed for being idle */
  readonly maxIdleMs: number;
  readonly metadataMaxAgeMs: number;
}

const SECURITY_PROTOCOLS = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'] as const;

export function connectionSettings(properties: ClientProperties): ConnectionSettings {
  const reader = new PropertyReader(properties);
  const protocol = reader.oneOf('security.protocol', SECURITY_PROTOCOLS, 'PLAINTEXT');
  return {
    bootstrap: bootstrapServers(reader),
    clientId: reader.optional('client.id') ?? 'tributary',
    tls: protocol === 'SSL' || protocol === 'SASL_SSL' ? tlsOptions(properties) : null,
    sasl: protocol === 'SASL_PLAINTEXT' || protocol === 'SASL_SSL' ? saslOptions(reader) : null,
    requestTimeoutMs: reader.integer('request.timeout.ms', 30_000),
    connectTimeoutMs: reader.integer('socket.connection.setup.timeout.ms', 10_000),
    reconnectBackoffMs: reader.integer('reconnect.backoff.ms', 50),
    reconnectBackoffMaxMs: reader.integer('reconnect.backoff.max.ms', 1000),
    retryBackoffMs: reader.integer('retry.backoff.ms', 100),
    retryBackoffMaxMs: reader.integer('retry.backoff.max.ms', 1000),
    maxIdleMs: Math.max(0, reader.integer('connections.max.idle.ms', 540_000, -1)),
    metadataMaxAgeMs: reader.integer('metadata.max.age.ms', 300_000),
  };
}

function bootstrapServers(reader: PropertyReader): HostPort[] {
  const servers = reader.list('bootstrap.servers');
  if (servers.length === 0) {
    throw new ConfigError('Missing required configuration "bootstrap.servers" which has no default value.');
  }
  return servers.map((server) => {
    const match = /^(?:[A-Z_]+:\/\/)?(\[[^\]]+\]|[^:]+):(\d+)$/.exec(server);
    const [, host, port] = match ?? [];
    if (host === undefined || port === undefined || Number(port) > 65_535) {
      throw new ConfigError(
        `Invalid value ${server} for configuration bootstrap.servers: Expected host:port with a port up to 65535`,
      );
    }
    return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
  });
}
