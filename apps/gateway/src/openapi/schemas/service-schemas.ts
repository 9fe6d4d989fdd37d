import type { ConnectorOffsetsBody } from '@tributary/control-plane';
import { LOG_LEVELS } from '@tributary/observability';
import type { ErrorBody, HealthBody } from '@tributary/rest-api';
import type { LevelBody } from '../../loggers.controller.js';
import type { ServerInfo } from '../../server-info.js';
import { listOf, mapOf, objectOf, oneOf, text, type Schema } from './schema.js';

type OffsetEntry = ConnectorOffsetsBody['offsets'][number];

/** Offsets, loggers, and the service itself. */
export const serviceSchemas = {
  ErrorBody: objectOf<ErrorBody>(
    'What went wrong.',
    {
      error_code: { type: 'integer', minimum: 400, maximum: 599, description: 'The HTTP status.' },
      message: text('What was wrong and what is allowed.'),
    },
    { examples: [{ error_code: 404, message: 'Connector lines not found' }] },
  ),
  OffsetEntry: objectOf<OffsetEntry>('How far a connector has come in one partition.', {
    partition: { type: 'object', description: 'Sinks: `kafka_topic` and `kafka_partition`.' },
    offset: { type: 'object', description: 'Sinks: `kafka_offset`. Integers may have 64 bits.' },
  }),
  ConnectorOffsets: objectOf<ConnectorOffsetsBody>(
    'How far a connector has come.',
    { offsets: listOf({ $ref: '#/components/schemas/OffsetEntry' }, 'One entry for each partition.') },
    { examples: [{ offsets: [{ partition: { filename: '/tmp/lines.txt' }, offset: { position: 42 } }] }] },
  ),
  Message: objectOf<{ readonly message: string }>(
    'What was done.',
    { message: text('A sentence for people.') },
    { examples: [{ message: 'The offsets for this connector have been altered successfully' }] },
  ),
  LoggerLevel: objectOf<LevelBody>(
    'The level of a logger.',
    {
      level: oneOf(LOG_LEVELS, 'What it lets through.'),
      last_modified: {
        type: ['integer', 'null'],
        description: 'When the level was set, in milliseconds since 1970; null: never.',
      },
    },
    { examples: [{ level: 'INFO', last_modified: null }] },
  ),
  LoggerLevels: mapOf({ $ref: '#/components/schemas/LoggerLevel' }, 'Levels by the names of loggers.'),
  ServerInfo: objectOf<ServerInfo>(
    'Who answers.',
    {
      version: text('The version of Kafka Connect whose API this is.'),
      commit: text('`tributary-` and the version of the software.'),
      kafka_cluster_id: text('The id of the Kafka cluster; empty until Kafka has answered.'),
    },
    { examples: [{ version: '4.3.1', commit: 'tributary-0.1.0', kafka_cluster_id: 'MkU3OEVBNTcwNTJENDM2Qg' }] },
  ),
  Health: objectOf<HealthBody>(
    'How a service is.',
    {
      status: oneOf(['healthy', 'starting', 'unhealthy'], '`healthy`: it takes requests.'),
      message: text('What it is doing, or what keeps it.'),
    },
    {
      examples: [{ status: 'healthy', message: 'Worker has completed startup and is ready to handle requests.' }],
    },
  ),
} satisfies Record<string, Schema>;
