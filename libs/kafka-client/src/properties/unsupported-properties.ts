import { loggerFor } from '@tributary/observability';
import type { ClientProperties } from '../api.js';

const log = loggerFor('kafka.properties');

export type ClientKind = 'admin' | 'producer' | 'consumer';

/**
 * Properties of the Java clients that change what a client does and have no equivalent here, with the values that ask for
 * nothing special. Those that only mean something inside a JVM (serializers, metrics, buffer sizes of sockets, caches) are
 * not listed: leaving them out changes nothing that anyone could see in Kafka.
 */
const COMMON: Readonly<Record<string, readonly string[]>> = {
  'client.dns.lookup': ['use_all_dns_ips'],
  'config.providers': [],
  'enable.metrics.push': ['true', 'false'],
  'metadata.recovery.strategy': ['rebootstrap'],
  'metric.reporters': [],
  'sasl.client.callback.handler.class': [],
  'sasl.login.callback.handler.class': [],
  'sasl.login.class': [],
  'security.providers': [],
  'ssl.engine.factory.class': [],
};

const BY_KIND: Readonly<Record<ClientKind, Readonly<Record<string, readonly string[]>>>> = {
  admin: { 'bootstrap.controllers': [] },
  producer: {
    'compression.lz4.level': ['1', '9'],
    'interceptor.classes': [],
    'partitioner.class': ['org.apache.kafka.clients.producer.RoundRobinPartitioner'],
    'transaction.two.phase.commit.enable': ['false'],
  },
  consumer: {
    'client.rack': [],
    'enable.auto.commit': ['false'],
    'group.protocol': ['classic'],
    'group.remote.assignor': [],
    'interceptor.classes': [],
  },
};

/** The names of the properties given that a client of this kind cannot honour. */
export function unsupportedProperties(kind: ClientKind, properties: ClientProperties): string[] {
  const unsupported = { ...COMMON, ...BY_KIND[kind] };
  return Object.entries(unsupported)
    .filter(([name, harmless]) => {
      const value = properties[name]?.trim() ?? '';
      return value !== '' && !harmless.includes(value);
    })
    .map(([name]) => name);
}

/** One warning for each of them; never its value, which may be a secret. */
export function warnOfUnsupported(kind: ClientKind, properties: ClientProperties): void {
  for (const property of unsupportedProperties(kind, properties)) {
    log.warn({ client: properties['client.id'], kind, property }, 'property has no equivalent here and is ignored');
  }
}
