import { ConnectorChangesController } from '../../connector-changes.controller.js';
import { describe } from '../operation.js';
import { ref } from '../schemas/all-schemas.js';

const UNKNOWN = 'There is no such connector.';
const NO_LEADER = 'No herder led for as long as a request may take; try again.';
const INVALID = 'The body is not JSON of this shape, or the configuration has errors; all of them are named.';
const LOCATION = { Location: 'Where the new connector is found.' };

describe(ConnectorChangesController, 'Changes', {
  create: {
    id: 'createConnector',
    summary: 'Make a connector',
    description: 'Answers once it is stored; it is started after that.',
    body: { schema: 'CreateConnector', description: 'Its name and properties.' },
    answers: {
      201: { description: 'It is stored.', schema: ref('ConnectorInfo'), headers: LOCATION },
      400: INVALID,
      409: `There is a connector with this name. Or: ${NO_LEADER}`,
    },
  },
  putConfig: {
    id: 'putConnectorConfig',
    summary: 'Make a connector or replace its configuration',
    path: ['connector'],
    body: { schema: 'ConnectorProperties', description: 'All of its properties.' },
    answers: {
      200: { description: 'The configuration is replaced.', schema: ref('ConnectorInfo') },
      201: { description: 'The connector is made.', schema: ref('ConnectorInfo'), headers: LOCATION },
      400: INVALID,
      409: NO_LEADER,
    },
  },
  patchConfig: {
    id: 'patchConnectorConfig',
    summary: 'Change some properties of a connector',
    path: ['connector'],
    body: { schema: 'ConnectorPatch', description: 'What changes.' },
    answers: {
      200: { description: 'The configuration is changed.', schema: ref('ConnectorInfo') },
      400: INVALID,
      404: UNKNOWN,
      409: NO_LEADER,
    },
  },
  delete: {
    id: 'deleteConnector',
    summary: 'Delete a connector',
    description: 'It and its tasks end after the answer. What is known of its offsets stays.',
    path: ['connector'],
    answers: { 204: 'It is gone.', 404: UNKNOWN, 409: NO_LEADER },
  },
  pause: {
    id: 'pauseConnector',
    summary: 'Pause a connector and its tasks',
    description: 'They keep what they have allocated and do nothing. They get there after the answer.',
    path: ['connector'],
    answers: { 202: 'It will be paused.', 404: UNKNOWN, 409: NO_LEADER },
  },
  resume: {
    id: 'resumeConnector',
    summary: 'Let a paused or stopped connector go on',
    path: ['connector'],
    answers: { 202: 'It will go on.', 404: UNKNOWN, 409: NO_LEADER },
  },
  stop: {
    id: 'stopConnector',
    summary: 'Stop a connector and end its tasks',
    description: 'Its offsets can be changed while it is stopped.',
    path: ['connector'],
    answers: { 204: 'It is stopped, and its tasks end.', 404: UNKNOWN, 409: NO_LEADER },
  },
  restart: {
    id: 'restartConnector',
    summary: 'Restart a connector, its tasks too if asked to',
    path: ['connector'],
    query: {
      includeTasks: {
        description: 'Whether its tasks are restarted too.',
        schema: { type: 'boolean', default: false },
      },
      onlyFailed: {
        description: 'Whether only what has failed is restarted.',
        schema: { type: 'boolean', default: false },
      },
    },
    answers: {
      202: {
        description: 'With `includeTasks` or `onlyFailed`: what is RESTARTING in the answer will be restarted.',
        schema: ref('ConnectorStatus'),
      },
      204: 'Without both: the connector itself has been restarted.',
      404: 'There is no such connector, or nothing is known of it yet.',
      409: NO_LEADER,
    },
  },
  restartTask: {
    id: 'restartTask',
    summary: 'Restart a task',
    path: ['connector', 'task'],
    answers: { 204: 'It has been restarted.', 404: 'There is no such connector or task.', 409: NO_LEADER },
  },
  resetTopics: {
    id: 'resetActiveTopics',
    summary: 'Forget which topics a connector has used',
    path: ['connector'],
    answers: {
      202: 'They will be forgotten.',
      403: '`topic.tracking.enable` or `topic.tracking.allow.reset` is off.',
      409: NO_LEADER,
    },
  },
});
