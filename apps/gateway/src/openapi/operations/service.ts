import { StatusController } from '@tributary/rest-api';
import { LoggersController } from '../../loggers.controller.js';
import { OpenApiController } from '../openapi.controller.js';
import { RootController } from '../../root.controller.js';
import { describe } from '../operation.js';
import { ref } from '../schemas/all-schemas.js';

describe(RootController, 'Service', {
  root: {
    id: 'getServerInfo',
    summary: 'Show who answers',
    answers: { 200: { description: 'Versions and the Kafka cluster.', schema: ref('ServerInfo') } },
  },
});

describe(StatusController, 'Service', {
  health: {
    id: 'getHealth',
    summary: 'Show whether requests are taken',
    answers: {
      200: { description: 'They are.', schema: ref('Health') },
      500: { description: 'The service does not get on.', schema: ref('Health') },
      503: { description: 'The service starts or stops.', schema: ref('Health') },
    },
  },
  metrics: {
    id: 'getMetrics',
    summary: "Show metrics in Prometheus' text format",
    answers: { 200: { description: 'The metrics of this process.', schema: { type: 'string' }, type: 'text/plain' } },
  },
});

describe(OpenApiController, 'Service', {
  document: {
    id: 'getOpenApi',
    summary: 'Show this document',
    answers: { 200: { description: 'The document.', schema: { type: 'object' } } },
  },
});

describe(LoggersController, 'Loggers', {
  list: {
    id: 'listLoggers',
    summary: 'List the loggers of this gateway and their levels',
    answers: { 200: { description: 'The levels.', schema: ref('LoggerLevels') } },
  },
  level: {
    id: 'getLoggerLevel',
    summary: 'Show the level of a logger of this gateway',
    path: ['logger'],
    answers: { 200: { description: 'The level.', schema: ref('LoggerLevel') }, 404: 'There is no such logger.' },
  },
  setLevel: {
    id: 'setLoggerLevel',
    summary: 'Set the level of a logger and of those below it',
    path: ['logger'],
    query: {
      scope: {
        description: '`worker`: in this gateway; `cluster`: in all processes of the cluster.',
        schema: { type: 'string', enum: ['worker', 'cluster'], default: 'worker' },
      },
    },
    body: { schema: 'LoggerLevelRequest', description: 'The level.' },
    answers: {
      200: {
        description: 'For this gateway: the loggers whose level has changed.',
        schema: { type: 'array', items: { type: 'string' } },
      },
      204: 'For the cluster: each process will set it.',
      400: 'The body is not JSON of this shape.',
      404: 'There is no such level.',
      409: 'No herder led for as long as a request may take; try again.',
    },
  },
});
