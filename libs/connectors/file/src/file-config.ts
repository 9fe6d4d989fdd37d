import { ConfigDef, nonEmptyString } from '@tributary/connect-api';

export const FILE = 'file';
export const TOPIC = 'topic';
export const BATCH_SIZE = 'batch.size';

export const SOURCE_CONFIG = ConfigDef.define({
  [FILE]: {
    type: 'STRING',
    default: null,
    importance: 'HIGH',
    documentation: 'The file to read. Standard input where it is not set.',
  },
  [TOPIC]: {
    type: 'STRING',
    validator: nonEmptyString,
    importance: 'HIGH',
    documentation: 'The topic to which lines are written.',
  },
  [BATCH_SIZE]: {
    type: 'INT',
    default: 2000,
    importance: 'LOW',
    documentation: 'How many lines are handed over at most at a time.',
  },
});

export const SINK_CONFIG = ConfigDef.define({
  [FILE]: {
    type: 'STRING',
    default: null,
    importance: 'HIGH',
    documentation: 'The file to append to. Standard output where it is not set.',
  },
});
