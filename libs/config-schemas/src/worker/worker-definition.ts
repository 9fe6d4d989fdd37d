import { ConfigDef } from '@tributary/connect-api';
import { connectionKeys } from '../keys/connection-keys.js';
import { workerRecoveryKeys } from '../keys/recovery-keys.js';
import { saslKeys } from '../keys/sasl-keys.js';
import { tlsKeys } from '../keys/tls-keys.js';
import { clusterKeys } from './cluster-keys.js';
import { restAuthKeys } from './rest-auth-keys.js';
import { restKeys } from './rest-keys.js';
import { runtimeKeys } from './runtime-keys.js';
import { storageKeys } from './storage-keys.js';

/** Every property of a service. All three services read the same file, so they share one definition. */
export const workerDefinition: ConfigDef = ConfigDef.define({
  ...clusterKeys,
  ...storageKeys,
  ...runtimeKeys,
  ...workerRecoveryKeys,
  ...restKeys,
  ...restAuthKeys,
  ...connectionKeys,
  ...tlsKeys,
  ...saslKeys,
});
