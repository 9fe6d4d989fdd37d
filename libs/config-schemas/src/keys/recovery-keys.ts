import { atLeast, invalidValue, lambda, type ConfigType, type Validator } from '@tributary/connect-api';
import { key, type Keys } from './key.js';

/** Restarts for which no limit is set. */
export const NO_LIMIT = -1;

const attempts = lambda((name, value) => {
  if (typeof value === 'number' && (value > 0 || value === NO_LIMIT)) return;
  throw invalidValue(name, value, 'must be at least 1, or -1 for no limit');
}, 'at least 1, or -1 for no limit');

interface RecoveryKey {
  readonly type: ConfigType;
  readonly default: boolean | number;
  readonly documentation: string;
  readonly validator?: Validator;
}

const KEYS: Readonly<Record<string, RecoveryKey>> = {
  'errors.restart.enable': {
    type: 'BOOLEAN',
    default: false,
    documentation: 'Whether connectors and tasks that failed for a reason that may pass are restarted by themselves.',
  },
  'errors.restart.max.attempts': {
    type: 'INT',
    default: 10,
    documentation: 'How often one that fails again and again is restarted; -1: without end.',
    validator: attempts,
  },
  'errors.restart.backoff.ms': {
    type: 'LONG',
    default: 5_000,
    documentation:
      'How long the first restart waits, milliseconds; each one after it waits twice as long. Up to half of the time is left out at random.',
    validator: atLeast(1),
  },
  'errors.restart.backoff.max.ms': {
    type: 'LONG',
    default: 300_000,
    documentation: 'The longest that a restart waits, milliseconds.',
    validator: atLeast(1),
  },
  'errors.restart.reset.ms': {
    type: 'LONG',
    default: 600_000,
    documentation: 'Once it has run for so long after a restart, the restarts before are forgotten, milliseconds.',
    validator: atLeast(1),
  },
  'errors.restart.stalled.enable': {
    type: 'BOOLEAN',
    default: false,
    documentation: 'Whether a stalled task is restarted like one that failed; needs errors.restart.enable as well.',
  },
  'errors.stall.timeout.ms': {
    type: 'LONG',
    default: 0,
    documentation:
      'A task that has stayed in one call for so long (its start, a poll, a put, a commit) is shown as stalled, milliseconds; 0: none is.',
    validator: atLeast(0),
  },
};

/** How tasks that failed or hang are got going again, for all connectors of a worker. None of it is the reference's. */
export const workerRecoveryKeys: Keys = Object.fromEntries(
  Object.entries(KEYS).map(([name, { type, default: value, documentation, validator }]) => [
    name,
    key(type, value, 'LOW', documentation, validator),
  ]),
);

/** The same for one connector; what is not set is the worker's. */
export const connectorRecoveryKeys: Keys = Object.fromEntries(
  Object.entries(KEYS).map(([name, { type, documentation, validator }]) => [
    name,
    key(type, null, 'LOW', `${documentation} Not set: as the worker says.`, validator && whereSet(validator)),
  ]),
);

function whereSet(validator: Validator): Validator {
  return lambda((name, value) => {
    if (value !== null) validator.ensureValid(name, value);
  }, String(validator));
}
