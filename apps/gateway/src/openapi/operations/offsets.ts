import { OffsetsController } from '../../offsets.controller.js';
import { describe } from '../operation.js';
import { ref } from '../schemas/all-schemas.js';

const UNKNOWN = 'There is no such connector.';
const NO_LEADER = 'No herder led for as long as a request may take; try again.';
const REFUSED = 'The connector is not stopped, or it refuses the change.';

describe(OffsetsController, 'Offsets', {
  read: {
    id: 'getOffsets',
    summary: 'Show how far a connector has come',
    path: ['connector'],
    answers: { 200: { description: 'Its offsets.', schema: ref('ConnectorOffsets') }, 404: UNKNOWN },
  },
  alter: {
    id: 'alterOffsets',
    summary: 'Change the offsets of a stopped connector',
    path: ['connector'],
    body: { schema: 'OffsetChanges', description: 'The partitions that change; all others stay as they are.' },
    answers: {
      200: { description: 'They are changed.', schema: ref('Message') },
      400: `The body is not JSON of this shape. Or: ${REFUSED}`,
      404: UNKNOWN,
      409: NO_LEADER,
    },
  },
  reset: {
    id: 'resetOffsets',
    summary: 'Forget all offsets of a stopped connector',
    description: 'It begins anew when it is resumed.',
    path: ['connector'],
    answers: {
      200: { description: 'They are forgotten.', schema: ref('Message') },
      400: REFUSED,
      404: UNKNOWN,
      409: NO_LEADER,
    },
  },
});
