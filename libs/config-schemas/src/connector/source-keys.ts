import { allOf, atLeast, lambda, nonEmptyString, nonNull, oneOfIgnoringCase } from '@tributary/connect-api';
import type { Keys } from '../keys/key.js';
import { uniqueAliases } from './common-keys.js';

const EXACTLY_ONCE = 'Exactly Once Support';

const notNegative = atLeast(0);

/** What source connectors have beside the common keys. */
export const sourceKeys: Keys = {
  'topic.creation.groups': {
    type: 'LIST',
    default: [],
    importance: 'LOW',
    group: 'Topic Creation',
    orderInGroup: 1,
    width: 'LONG',
    displayName: 'Topic Creation Groups',
    documentation: 'Groups of new topics with settings of their own, beside the group `default`.',
    validator: allOf(nonNull, uniqueAliases),
  },
  'exactly.once.support': {
    type: 'STRING',
    default: 'requested',
    importance: 'MEDIUM',
    group: EXACTLY_ONCE,
    orderInGroup: 2,
    width: 'SHORT',
    displayName: 'Exactly once support',
    documentation:
      '`required`: refuse a connector that does not promise exactly-once delivery. `requested`: do not check.',
    validator: oneOfIgnoringCase('REQUIRED', 'REQUESTED'),
  },
  'transaction.boundary': {
    type: 'STRING',
    default: 'poll',
    importance: 'MEDIUM',
    group: EXACTLY_ONCE,
    orderInGroup: 3,
    width: 'SHORT',
    displayName: 'Transaction Boundary',
    documentation: 'When a transaction ends: after each `poll`, after an `interval`, or when the `connector` says so.',
    validator: oneOfIgnoringCase('INTERVAL', 'POLL', 'CONNECTOR'),
  },
  'transaction.boundary.interval.ms': {
    type: 'LONG',
    default: null,
    importance: 'LOW',
    group: EXACTLY_ONCE,
    orderInGroup: 4,
    width: 'SHORT',
    displayName: 'Transaction boundary interval',
    documentation: "Length of that interval, milliseconds; not set: the worker's `offset.flush.interval.ms`.",
    validator: lambda((name, value) => {
      if (value !== null) notNegative.ensureValid(name, value);
    }, String(notNegative)),
  },
  'offsets.storage.topic': {
    type: 'STRING',
    default: null,
    importance: 'LOW',
    group: 'offsets.topic',
    orderInGroup: 1,
    width: 'LONG',
    displayName: 'Offsets topic',
    documentation: "A topic for this connector's offsets alone; not set: the worker's.",
    validator: nonEmptyString,
  },
};
