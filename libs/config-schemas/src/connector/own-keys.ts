import { ConfigDef } from '@tributary/connect-api';
import type { Keys } from '../keys/key.js';
import { connectorRecoveryKeys } from '../keys/recovery-keys.js';
import { deadLetterQueueKeys } from './dead-letter-queue-keys.js';

const everyConnector: Keys = { ...connectorRecoveryKeys };
const sinksOnly: Keys = {
  'errors.put.isolation': {
    type: 'BOOLEAN',
    default: false,
    importance: 'MEDIUM',
    group: 'Error Handling',
    orderInGroup: 9,
    width: 'SHORT',
    displayName: 'Isolate Failed Records',
    documentation:
      'Whether a batch that the task cannot take is given to it in ever smaller parts, until the records that it cannot ' +
      'take are alone: those are reported and left out, the others are delivered.',
  },
};
const sourcesOnly: Keys = deadLetterQueueKeys;

/**
 * Connector properties that the reference does not have. Every connector may have them, all have defaults, and a
 * default changes nothing. Validation shows only those that a configuration contains, so that answers are otherwise
 * the reference's; `ConnectorConfig.config` has them all.
 */
export const ownDefinitions = {
  source: ConfigDef.define({ ...everyConnector, ...sourcesOnly }),
  sink: ConfigDef.define({ ...everyConnector, ...sinksOnly }),
} as const;
