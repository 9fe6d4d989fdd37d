import { atLeast, oneOf, oneOfIgnoringCase } from '@tributary/connect-api';
import { key, type Keys } from './key.js';

/** How often to try a broker and how long to wait: the same for the worker and for all kinds of clients. */
export const connectionKeys: Keys = {
  'client.dns.lookup': key(
    'STRING',
    'use_all_dns_ips',
    'MEDIUM',
    'Which addresses of a host name are tried.',
    oneOf('use_all_dns_ips', 'resolve_canonical_bootstrap_servers_only'),
  ),
  'metadata.max.age.ms': key(
    'LONG',
    300000,
    'LOW',
    'Age at which metadata is asked for again, milliseconds.',
    atLeast(0),
  ),
  'send.buffer.bytes': key('INT', 131072, 'MEDIUM', "Send buffer of a socket, bytes; -1: the system's.", atLeast(-1)),
  'reconnect.backoff.ms': key(
    'LONG',
    50,
    'LOW',
    'First wait before connecting to a broker again, milliseconds.',
    atLeast(0),
  ),
  'reconnect.backoff.max.ms': key(
    'LONG',
    1000,
    'LOW',
    'Longest wait before connecting to a broker again, milliseconds.',
    atLeast(0),
  ),
  'retry.backoff.ms': key('LONG', 100, 'LOW', 'First wait before a request is sent again, milliseconds.', atLeast(0)),
  'retry.backoff.max.ms': key(
    'LONG',
    1000,
    'LOW',
    'Longest wait before a request is sent again, milliseconds.',
    atLeast(0),
  ),
  'metadata.recovery.strategy': key(
    'STRING',
    'rebootstrap',
    'LOW',
    'What to do when no known broker can be reached.',
    oneOfIgnoringCase('REBOOTSTRAP', 'NONE'),
  ),
  'metadata.recovery.rebootstrap.trigger.ms': key(
    'LONG',
    300000,
    'LOW',
    'Time without metadata after which the bootstrap servers are asked again, milliseconds.',
    atLeast(0),
  ),
  'security.protocol': key(
    'STRING',
    'PLAINTEXT',
    'MEDIUM',
    'How to speak to brokers.',
    oneOfIgnoringCase('SASL_SSL', 'PLAINTEXT', 'SSL', 'SASL_PLAINTEXT'),
  ),
  'metrics.sample.window.ms': key(
    'LONG',
    30000,
    'LOW',
    'Window over which a metric is sampled, milliseconds.',
    atLeast(0),
  ),
  'metrics.num.samples': key('INT', 2, 'LOW', 'Number of samples that make a metric.', atLeast(1)),
  'metric.reporters': key(
    'LIST',
    'org.apache.kafka.common.metrics.JmxReporter',
    'LOW',
    'JVM classes; have no effect here.',
  ),
};
