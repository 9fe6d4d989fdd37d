import { atLeast, between, invalidValue, lambda, oneOf, oneOfIgnoringCase } from '@tributary/connect-api';
import { key, REQUIRED, type Keys } from '../keys/key.js';
import { someTexts } from './list-rules.js';
import { keyAlgorithm, macAlgorithm, macAlgorithms } from './signing-algorithms.js';

const groupProtocol = lambda((name, value) => {
  if (value === 'eager' || value === 'compatible' || value === 'sessioned') return;
  throw invalidValue(name, value, 'Invalid Connect protocol compatibility');
}, '[eager, compatible, sessioned]');

const MAX_INT = 2147483647;

/** The cluster that a worker belongs to, and its place in it. */
export const clusterKeys: Keys = {
  'bootstrap.servers': key(
    'LIST',
    REQUIRED,
    'HIGH',
    'Brokers to start from, as host:port, comma-separated.',
    someTexts,
  ),
  'group.id': key(
    'STRING',
    REQUIRED,
    'HIGH',
    'The name of the Connect cluster: workers with the same one share their connectors.',
  ),
  'client.id': key('STRING', '', 'LOW', "A name for this process in the brokers' logs."),
  'session.timeout.ms': key('INT', 10000, 'HIGH', 'Silence after which a worker counts as dead, milliseconds.'),
  'heartbeat.interval.ms': key(
    'INT',
    1000,
    'HIGH',
    'How often a worker says that it is alive, milliseconds; must be less than the session timeout. (Apache Kafka Connect: 3000.)',
  ),
  'rebalance.timeout.ms': key('INT', 60000, 'HIGH', 'How long a worker may take to join a rebalance, milliseconds.'),
  'scheduled.rebalance.max.delay.ms': key(
    'INT',
    0,
    'LOW',
    'How long the tasks of a worker that left wait for its return, milliseconds; 0: they move at once. (Apache Kafka Connect: 300000.)',
    between(0, MAX_INT),
  ),
  'connect.protocol': key(
    'STRING',
    'sessioned',
    'LOW',
    "The reference's group protocol; all values mean the same here.",
    groupProtocol,
  ),
  'worker.sync.timeout.ms': key(
    'INT',
    3000,
    'MEDIUM',
    'How long a worker that lags behind tries to catch up, milliseconds.',
  ),
  'worker.unsync.backoff.ms': key(
    'INT',
    300000,
    'MEDIUM',
    'How long such a worker stays out when it could not, milliseconds.',
  ),
  'exactly.once.source.support': key(
    'STRING',
    'disabled',
    'HIGH',
    'Whether source connectors may write their records and offsets in transactions.',
    oneOfIgnoringCase('DISABLED', 'ENABLED', 'PREPARING'),
  ),
  'inter.worker.key.ttl.ms': key(
    'INT',
    3600000,
    'LOW',
    'Life of the key that signs requests between workers, milliseconds.',
    between(0, MAX_INT),
  ),
  'inter.worker.key.generation.algorithm': key('STRING', 'HmacSHA256', 'LOW', 'How that key is made.', keyAlgorithm),
  'inter.worker.key.size': key('INT', null, 'LOW', 'Size of that key in bits; not set: as usual for the algorithm.'),
  'inter.worker.signature.algorithm': key(
    'STRING',
    'HmacSHA256',
    'LOW',
    'How requests between workers are signed.',
    macAlgorithm,
  ),
  'inter.worker.verification.algorithms': key(
    'LIST',
    'HmacSHA256',
    'LOW',
    'The signatures that are accepted from other workers.',
    macAlgorithms,
  ),
  'request.timeout.ms': key(
    'INT',
    40000,
    'MEDIUM',
    'How long a broker may take to answer a request, milliseconds.',
    atLeast(0),
  ),
  'connections.max.idle.ms': key(
    'LONG',
    540000,
    'MEDIUM',
    'Idle connections are closed after this time, milliseconds.',
  ),
  'receive.buffer.bytes': key(
    'INT',
    32768,
    'MEDIUM',
    "Receive buffer of a socket, bytes; -1: the system's.",
    atLeast(-1),
  ),
  'socket.connection.setup.timeout.ms': key(
    'LONG',
    10000,
    'LOW',
    'First limit for setting up a connection, milliseconds.',
    atLeast(0),
  ),
  'socket.connection.setup.timeout.max.ms': key(
    'LONG',
    30000,
    'LOW',
    'Longest limit for setting up a connection, milliseconds.',
    atLeast(0),
  ),
  'metrics.recording.level': key('STRING', 'INFO', 'LOW', 'Which metrics are kept.', oneOf('INFO', 'DEBUG')),
};
