import { atLeast, oneOfIgnoringCase } from '@tributary/connect-api';
import { availableParallelism } from 'node:os';
import { key, REQUIRED, type Keys } from '../keys/key.js';
import { textsOrNone } from './list-rules.js';

/** Task threads that pay off on each core: most tasks wait for the network most of the time. */
const THREADS_PER_CORE = 4;

const version = (what: string) =>
  key('STRING', null, 'LOW', `Version of the ${what}, or a range of versions; not set: the newest.`);

/** Plugins, and how connectors and tasks run. */
export const runtimeKeys: Keys = {
  'key.converter': key('CLASS', REQUIRED, 'HIGH', 'Converter of record keys, for connectors that name none.'),
  'key.converter.plugin.version': version('key converter'),
  'value.converter': key('CLASS', REQUIRED, 'HIGH', 'Converter of record values, for connectors that name none.'),
  'value.converter.plugin.version': version('value converter'),
  'header.converter': key(
    'CLASS',
    'org.apache.kafka.connect.storage.SimpleHeaderConverter',
    'LOW',
    'Converter of headers, for connectors that name none.',
  ),
  'header.converter.plugin.version': version('header converter'),
  'plugin.path': key(
    'LIST',
    null,
    'LOW',
    'Directories whose children are plugin packages, comma-separated.',
    textsOrNone,
  ),
  'plugin.discovery': key(
    'STRING',
    'hybrid_warn',
    'LOW',
    'How the reference finds plugins; packages here always say what they offer.',
    oneOfIgnoringCase('ONLY_SCAN', 'SERVICE_LOAD', 'HYBRID_WARN', 'HYBRID_FAIL'),
  ),
  'config.providers': key(
    'LIST',
    [],
    'LOW',
    'Names of config providers, whose variables may stand in configurations.',
    textsOrNone,
  ),
  'connector.client.config.override.policy': key(
    'STRING',
    'All',
    'MEDIUM',
    'Which properties of its Kafka clients a connector may set: All, None, Principal or Allowlist.',
  ),
  'connector.client.config.override.allowlist': key(
    'LIST',
    [],
    'MEDIUM',
    'The properties that the Allowlist policy allows.',
    textsOrNone,
  ),
  'task.shutdown.graceful.timeout.ms': key(
    'LONG',
    5000,
    'LOW',
    'How long all tasks together may take to stop, milliseconds.',
  ),
  'offset.flush.interval.ms': key('LONG', 60000, 'LOW', 'How often tasks commit their offsets, milliseconds.'),
  'offset.flush.timeout.ms': key('LONG', 5000, 'LOW', 'How long a commit of offsets may take, milliseconds.'),
  'topic.creation.enable': key(
    'BOOLEAN',
    true,
    'LOW',
    'Whether source connectors may create topics as topic.creation.* says.',
  ),
  'topic.tracking.enable': key('BOOLEAN', true, 'LOW', 'Whether the topics that a connector uses are recorded.'),
  'topic.tracking.allow.reset': key('BOOLEAN', true, 'LOW', 'Whether users may reset these records.'),
  'executor.max.threads': key(
    'INT',
    THREADS_PER_CORE * availableParallelism(),
    'MEDIUM',
    'Threads that run tasks in one executor; more tasks share them.',
    atLeast(1),
  ),
  'executor.host.memory.mb': key('INT', 512, 'MEDIUM', 'JavaScript heap of each such thread, MiB.', atLeast(16)),
  'executor.host.unresponsive.ms': key(
    'LONG',
    10000,
    'MEDIUM',
    'A thread that has not answered for so long is replaced, milliseconds.',
    atLeast(100),
  ),
};
