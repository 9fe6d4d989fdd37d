import { regularExpression } from '@tributary/connect-api';
import type { Keys } from '../keys/key.js';
import { distinctTexts } from './common-keys.js';
import { deadLetterQueueKeys } from './dead-letter-queue-keys.js';

/** What sink connectors have beside the common keys. */
export const sinkKeys: Keys = {
  topics: {
    type: 'LIST',
    default: [],
    importance: 'HIGH',
    group: 'Common',
    orderInGroup: 4,
    width: 'LONG',
    displayName: 'Topics',
    documentation: 'The topics to read, comma-separated.',
    validator: distinctTexts,
  },
  'topics.regex': {
    type: 'STRING',
    default: '',
    importance: 'HIGH',
    group: 'Common',
    orderInGroup: 4,
    width: 'LONG',
    displayName: 'Topics regex',
    documentation: 'A regular expression for the names of the topics to read, instead of `topics`.',
    validator: regularExpression,
  },
  ...deadLetterQueueKeys,
};
