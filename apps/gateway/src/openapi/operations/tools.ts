import { ToolsController } from '../../tools.controller.js';
import { describe } from '../operation.js';
import { ref } from '../schemas/all-schemas.js';

describe(ToolsController, 'Tools', {
  preview: {
    id: 'previewRecords',
    summary: "Show what a connector's converters and transformations make of records",
    description:
      'Leads records through them step by step, each step once whatever `errors.*` says, and stores and moves nothing. The ' +
      'connector need not run, nor exist where the body has a configuration. What config providers put in is hidden.',
    path: ['connector'],
    body: { schema: 'PreviewRequest', description: 'Records, or where a topic has them; a configuration to try.' },
    answers: {
      200: { description: 'What became of each record.', schema: ref('Preview') },
      400: 'The body is not JSON of this shape or is too much at once, or no task could start with the configuration.',
      404: 'There is no such connector, topic or partition.',
      409: 'No herder led or no executor was there for as long as a request may take, or too much is previewed; try again.',
    },
  },
  redrive: {
    id: 'redriveDeadLetters',
    summary: 'Lead dead letters of a sink through it once more',
    description:
      "Reads a part of the connector's dead letter queue, and delivers the records by a task of its own, made from the " +
      "configuration of the connector's first task. The queue is only read, no offset is committed; what fails again is " +
      'written to the end of the queue, with a count. A record may be delivered more than once, and none is lost wherever it ' +
      'stops; the answer says where to go on.',
    path: ['connector'],
    body: { schema: 'RedriveRequest', description: 'Which letters; `{}`: all.' },
    answers: {
      200: { description: 'What was done.', schema: ref('RedriveReport') },
      400: 'The body is not JSON of this shape. Or: the connector is a source, or has no queue.',
      404: 'There is no such connector, or its queue, or a partition of it, is not there.',
      409:
        'A redrive of the connector is under way, it has no tasks, or too much runs. Or: No herder led or no executor was ' +
        'there for as long as a request may take; try again.',
    },
  },
});
