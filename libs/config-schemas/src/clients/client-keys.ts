import { ConfigDef, between, oneOf } from '@tributary/connect-api';
import { connectionKeys } from '../keys/connection-keys.js';
import { key, REQUIRED, type Keys } from '../keys/key.js';
import { saslKeys } from '../keys/sasl-keys.js';
import { tlsKeys } from '../keys/tls-keys.js';
import { consumerKeys } from './consumer-keys.js';
import { producerKeys } from './producer-keys.js';

/** The kinds of Kafka clients that a connector uses. */
export type ClientKind = 'producer' | 'consumer' | 'admin';

/** What all kinds have. */
const sharedKeys: Keys = {
  ...connectionKeys,
  ...tlsKeys,
  ...saslKeys,
  'config.providers': key('LIST', [], 'LOW', 'Names of config providers for the properties of the client itself.'),
  'security.providers': key('STRING', null, 'LOW', 'JVM classes; have no effect here.'),
  'metrics.recording.level': key('STRING', 'INFO', 'LOW', 'Which metrics are kept.', oneOf('INFO', 'DEBUG', 'TRACE')),
  'socket.connection.setup.timeout.ms': key(
    'LONG',
    10000,
    'MEDIUM',
    'First limit for setting up a connection, milliseconds.',
  ),
  'socket.connection.setup.timeout.max.ms': key(
    'LONG',
    30000,
    'MEDIUM',
    'Longest limit for setting up a connection, milliseconds.',
  ),
};

const adminKeys: Keys = {
  ...sharedKeys,
  'bootstrap.servers': key('LIST', [], 'HIGH', 'Brokers to start from, as host:port, comma-separated.'),
  'bootstrap.controllers': key('LIST', [], 'HIGH', 'Controllers to start from instead of brokers.'),
  'client.id': key('STRING', '', 'MEDIUM', "The client's name in the brokers' logs."),
  'receive.buffer.bytes': key('INT', 65536, 'MEDIUM', "Receive buffer of a socket, bytes; -1: the system's."),
  'request.timeout.ms': key('INT', 30000, 'MEDIUM', 'How long a broker may take to answer a request, milliseconds.'),
  'connections.max.idle.ms': key(
    'LONG',
    300000,
    'MEDIUM',
    'Idle connections are closed after this time, milliseconds.',
  ),
  retries: key('INT', 2147483647, 'LOW', 'How often a failed request is sent again.', between(0, 2147483647)),
  'default.api.timeout.ms': key('INT', 60000, 'MEDIUM', 'How long a whole operation may take, milliseconds.'),
  'enable.metrics.push': key('BOOLEAN', false, 'LOW', 'Whether the client sends its metrics to the cluster.'),
};

const required: Keys = {
  'bootstrap.servers': key('LIST', REQUIRED, 'HIGH', 'Brokers to start from, as host:port, comma-separated.'),
};

/** All properties that a client of each kind knows. */
export const clientDefinitions: Readonly<Record<ClientKind, ConfigDef>> = {
  producer: ConfigDef.define({ ...sharedKeys, ...required, ...producerKeys }),
  consumer: ConfigDef.define({ ...sharedKeys, ...required, ...consumerKeys }),
  admin: ConfigDef.define(adminKeys),
};
