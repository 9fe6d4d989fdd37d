import { LOG_LEVELS } from '@tributary/observability';
import { INITIAL_STATES } from '@tributary/rest-api';
import { listOf, mapOf, objectOf, oneOf, text, type Schema } from './schema.js';

/** What is written as a number or a boolean becomes text. */
const VALUE: Schema = { type: ['string', 'number', 'boolean', 'null'] };

const PROPERTIES = { 'connector.class': 'FileStreamSource', file: '/tmp/lines.txt', topic: 'lines' };

interface CreateConnector {
  readonly name: string;
  readonly config: Readonly<Record<string, string>>;
  readonly initial_state?: string | null;
}

interface OffsetChange {
  readonly partition?: Readonly<Record<string, unknown>> | null;
  readonly offset?: Readonly<Record<string, unknown>> | null;
}

/** What clients send. */
export const requestSchemas = {
  CreateConnector: objectOf<CreateConnector>(
    'A connector to be made.',
    {
      name: {
        type: ['string', 'number', 'boolean'],
        minLength: 1,
        description: 'What it is to be called: anything but control characters.',
      },
      config: { $ref: '#/components/schemas/ConnectorProperties' },
      initial_state: oneOf([...INITIAL_STATES, null], 'The state in which it begins, in any case.'),
    },
    {
      optional: ['initial_state'],
      examples: [{ name: 'lines', config: PROPERTIES, initial_state: 'PAUSED' }],
    },
  ),
  ConnectorProperties: {
    ...mapOf(VALUE, 'Properties of a connector. Null stands for a property that is not given.'),
    examples: [PROPERTIES],
  },
  ConnectorPatch: {
    ...mapOf(VALUE, 'Properties that change; null removes one. All others stay as they are.'),
    examples: [{ 'batch.size': '100', topic: null }],
  },
  OffsetChange: objectOf<OffsetChange>(
    'A partition of the source system, or of a topic (`kafka_topic`, `kafka_partition`), and where to go on.',
    {
      partition: { type: ['object', 'null'], description: 'Which partition. Sinks need it.' },
      offset: {
        type: ['object', 'null'],
        description: 'Where to go on (`kafka_offset` for sinks); null or absent: from the beginning.',
      },
    },
    { optional: ['partition', 'offset'] },
  ),
  OffsetChanges: objectOf<{ readonly offsets: readonly OffsetChange[] }>(
    'Offsets that change; of a partition that is named twice, the last counts.',
    {
      offsets: {
        ...listOf({ $ref: '#/components/schemas/OffsetChange' }, 'At least one.'),
        minItems: 1,
      },
    },
    {
      examples: [
        { offsets: [{ partition: { filename: '/tmp/lines.txt' }, offset: { position: 42 } }] },
        { offsets: [{ partition: { kafka_topic: 'lines', kafka_partition: 0 }, offset: null }] },
      ],
    },
  ),
  LoggerLevelRequest: {
    type: 'object',
    description: 'The level to set; other members are ignored.',
    properties: { level: text(`One of ${LOG_LEVELS.join(', ')}, in any case.`) },
    required: ['level'],
    examples: [{ level: 'DEBUG' }],
  },
} satisfies Record<string, Schema>;
