import type {
  AutoRestartBody,
  ConnectorInfo,
  ConnectorStatusBody,
  StallBody,
  TaskInfo,
  TaskStateBody,
} from '@tributary/control-plane';
import { listOf, mapOf, objectOf, oneOf, text, textOrNull, type Schema } from './schema.js';

const STATES = ['UNASSIGNED', 'RUNNING', 'PAUSED', 'FAILED', 'RESTARTING', 'STOPPED'];
const TYPE = oneOf(['source', 'sink', 'unknown'], 'What it is; `unknown` where its class is not installed.');
const NAME = text('The name of the connector.');
const TASK_NUMBER: Schema = { type: 'integer', minimum: 0, description: 'The number of the task, from 0.' };

const CONFIG = {
  'connector.class': 'FileStreamSource',
  file: '/tmp/lines.txt',
  topic: 'lines',
  name: 'lines',
};

const state = {
  state: oneOf(STATES, 'The state in which its owner last saw it.'),
  worker_id: text('Host and port of the process that runs it.'),
  version: textOrNull('The version of the plugin; null where nobody knows it, absent where the plugin has none.'),
  trace: text('Why it failed; only where it did.'),
  auto_restart: { $ref: '#/components/schemas/AutoRestart' },
};

/** Connectors and their tasks, as they are read. */
export const connectorSchemas = {
  ConnectorConfig: {
    ...mapOf({ type: 'string' }, 'The properties of a connector, as they were given: placeholders are not resolved.'),
    examples: [CONFIG],
  },
  TaskId: objectOf<ConnectorInfo['tasks'][number]>('Which task of which connector.', {
    connector: NAME,
    task: TASK_NUMBER,
  }),
  ConnectorInfo: objectOf<ConnectorInfo>(
    'A connector: its configuration and the tasks it has.',
    {
      name: NAME,
      config: { $ref: '#/components/schemas/ConnectorConfig' },
      tasks: listOf({ $ref: '#/components/schemas/TaskId' }, 'Its tasks by number; none right after it was made.'),
      type: TYPE,
    },
    { examples: [{ name: 'lines', config: CONFIG, tasks: [{ connector: 'lines', task: 0 }], type: 'source' }] },
  ),
  TaskInfo: objectOf<TaskInfo>('A task and the configuration that its connector gave it.', {
    id: { $ref: '#/components/schemas/TaskId' },
    config: mapOf({ type: 'string' }, 'The properties of the task.'),
  }),
  AutoRestart: objectOf<AutoRestartBody>(
    'How it is restarted by itself; only where that is switched on and it has failed.',
    {
      attempts: { type: 'integer', minimum: 0, description: 'Restarts since it last ran well.' },
      next: text('When the next one comes, as ISO 8601 in UTC; only while one is waiting.'),
      given_up: oneOf(
        ['fatal', 'attempts'],
        'Why no other one comes: the failure does not pass by itself, or the attempts are used up.',
      ),
    },
    { optional: ['next', 'given_up'] },
  ),
  Stall: objectOf<StallBody>('A call of a task that has not ended for longer than is allowed.', {
    since: text('When the call began, as ISO 8601 in UTC.'),
    in: oneOf(
      ['start', 'poll', 'put', 'open', 'close', 'commit', 'process', 'send'],
      'What hangs: a method of the task, a commit of offsets, transforming and converting records, sending them.',
    ),
  }),
  ConnectorState: objectOf<ConnectorStatusBody['connector']>('How the connector itself is.', state, {
    optional: ['version', 'trace', 'auto_restart'],
  }),
  TaskState: objectOf<TaskStateBody>(
    'How a task is.',
    { id: TASK_NUMBER, ...state, stalled: { $ref: '#/components/schemas/Stall' } },
    {
      optional: ['version', 'trace', 'auto_restart', 'stalled'],
      examples: [{ id: 0, state: 'RUNNING', worker_id: '127.0.0.1:8085', version: '4.3.1' }],
    },
  ),
  ConnectorStatus: objectOf<ConnectorStatusBody>(
    'How a connector and its tasks are.',
    {
      name: NAME,
      connector: { $ref: '#/components/schemas/ConnectorState' },
      tasks: listOf({ $ref: '#/components/schemas/TaskState' }, 'Its tasks by number.'),
      type: TYPE,
    },
    {
      examples: [
        {
          name: 'lines',
          connector: { state: 'RUNNING', worker_id: '127.0.0.1:8084', version: '4.3.1' },
          tasks: [{ id: 0, state: 'RUNNING', worker_id: '127.0.0.1:8085', version: '4.3.1' }],
          type: 'source',
        },
      ],
    },
  ),
  ConnectorExpansion: objectOf<{ status?: ConnectorStatusBody; info?: ConnectorInfo }>(
    'What was asked for of a connector in a list.',
    {
      status: { $ref: '#/components/schemas/ConnectorStatus' },
      info: { $ref: '#/components/schemas/ConnectorInfo' },
    },
    { optional: ['status', 'info'] },
  ),
  ActiveTopics: {
    ...mapOf(
      objectOf<{ topics: readonly string[] }>('Topics of one connector.', {
        topics: listOf({ type: 'string' }, 'Names of topics that it has read from or written to.'),
      }),
      'One member, named like the connector.',
    ),
    examples: [{ lines: { topics: ['lines'] } }],
  },
} satisfies Record<string, Schema>;
