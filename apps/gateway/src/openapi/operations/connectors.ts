import { ConnectorsController } from '../../connectors.controller.js';
import { describe } from '../operation.js';
import { ref } from '../schemas/all-schemas.js';

const UNKNOWN = 'There is no such connector.';

describe(ConnectorsController, 'Connectors', {
  list: {
    id: 'listConnectors',
    summary: 'List the connectors',
    description: 'Their names, or an object with what `expand` asks for, by name.',
    query: {
      expand: {
        description: 'What to tell of each connector; may be given twice.',
        schema: { type: 'array', items: { type: 'string', enum: ['info', 'status'] } },
      },
    },
    answers: {
      200: {
        description: 'All connectors of the cluster.',
        schema: {
          oneOf: [
            { type: 'array', items: { type: 'string' }, description: 'Without `expand`.' },
            { type: 'object', additionalProperties: ref('ConnectorExpansion'), description: 'With `expand`.' },
          ],
        },
      },
    },
  },
  info: {
    id: 'getConnector',
    summary: 'Show a connector',
    path: ['connector'],
    answers: { 200: { description: 'The connector.', schema: ref('ConnectorInfo') }, 404: UNKNOWN },
  },
  config: {
    id: 'getConnectorConfig',
    summary: 'Show the configuration of a connector',
    path: ['connector'],
    answers: { 200: { description: 'Its properties.', schema: ref('ConnectorConfig') }, 404: UNKNOWN },
  },
  status: {
    id: 'getConnectorStatus',
    summary: 'Show how a connector and its tasks are',
    path: ['connector'],
    answers: {
      200: { description: 'States and where it runs.', schema: ref('ConnectorStatus') },
      404: 'There is no such connector, or nothing is known of it yet.',
    },
  },
  tasks: {
    id: 'listTasks',
    summary: 'List the tasks of a connector',
    path: ['connector'],
    answers: {
      200: { description: 'The tasks and their configurations.', schema: { type: 'array', items: ref('TaskInfo') } },
      404: UNKNOWN,
    },
  },
  taskStatus: {
    id: 'getTaskStatus',
    summary: 'Show how a task is',
    path: ['connector', 'task'],
    answers: {
      200: { description: 'Its state and where it runs.', schema: ref('TaskState') },
      404: 'There is no such task, or nothing is known of it yet.',
    },
  },
  topics: {
    id: 'listActiveTopics',
    summary: 'List the topics that a connector has used',
    description: 'Since it was made or its topics were forgotten. Of an unknown connector: none.',
    path: ['connector'],
    answers: {
      200: { description: 'Names of topics.', schema: ref('ActiveTopics') },
      403: '`topic.tracking.enable` is off.',
    },
  },
});
