import { regularExpression } from '@tributary/connect-api';
import type { Keys } from '../keys/key.js';
import { distinctTexts } from './common-keys.js';

const ERRORS = 'Error Handling';

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
  'errors.deadletterqueue.topic.name': {
    type: 'STRING',
    default: '',
    importance: 'MEDIUM',
    group: ERRORS,
    orderInGroup: 6,
    width: 'MEDIUM',
    displayName: 'Dead Letter Queue Topic Name',
    documentation: 'The topic for records that cannot be processed; empty: none.',
  },
  'errors.deadletterqueue.topic.replication.factor': {
    type: 'SHORT',
    default: 3,
    importance: 'MEDIUM',
    group: ERRORS,
    orderInGroup: 7,
    width: 'MEDIUM',
    displayName: 'Dead Letter Queue Topic Replication Factor',
    documentation: 'Its replication factor, if it is created.',
  },
  'errors.deadletterqueue.context.headers.enable': {
    type: 'BOOLEAN',
    default: false,
    importance: 'MEDIUM',
    group: ERRORS,
    orderInGroup: 8,
    width: 'MEDIUM',
    displayName: 'Enable Error Context Headers',
    documentation: 'Whether headers that begin with `__connect.errors.` tell what went wrong.',
  },
};
