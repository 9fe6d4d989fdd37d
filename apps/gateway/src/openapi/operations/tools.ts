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
});
