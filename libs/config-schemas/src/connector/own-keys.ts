import { ConfigDef } from '@tributary/connect-api';
import type { Keys } from '../keys/key.js';
import { connectorRecoveryKeys } from '../keys/recovery-keys.js';
import { deadLetterQueueKeys } from './dead-letter-queue-keys.js';

const everyConnector: Keys = { ...connectorRecoveryKeys };
const sinksOnly: Keys = {};
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
