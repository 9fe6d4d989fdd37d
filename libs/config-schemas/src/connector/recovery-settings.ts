import { ConfigDef, type Config } from '@tributary/connect-api';
import { connectorRecoveryKeys, NO_LIMIT } from '../keys/recovery-keys.js';
import type { WorkerConfig } from '../worker/worker-config.js';

/** When and how often what failed is restarted. All times are milliseconds. */
export interface RestartSettings {
  readonly enabled: boolean;
  /** Infinity: no limit */
  readonly maxAttempts: number;
  readonly backoffMs: number;
  readonly backoffMaxMs: number;
  readonly resetMs: number;
  /** a stalled task counts as failed */
  readonly ofStalled: boolean;
}

/** What becomes of a connector's tasks that failed or hang. */
export interface RecoverySettings {
  readonly restart: RestartSettings;
  /** undefined: nobody looks */
  readonly stallTimeoutMs: number | undefined;
}

const ofConnector = ConfigDef.define(connectorRecoveryKeys);

/**
 * The worker's settings, with the connector's own in their place. Variables of config providers are replaced. A
 * connector whose own ones cannot be read, which validation would have refused, goes by the worker's alone.
 */
export function recoverySettings(
  worker: WorkerConfig,
  connectorConfig: Readonly<Record<string, string>>,
): RecoverySettings {
  const own = ownConfig(worker, connectorConfig);
  const value = (key: string) => own?.get(key) ?? worker.config.get(key);
  const attempts = Number(value('errors.restart.max.attempts'));
  const stallTimeoutMs = Number(value('errors.stall.timeout.ms'));
  return {
    restart: {
      enabled: value('errors.restart.enable') === true,
      maxAttempts: attempts === NO_LIMIT ? Infinity : attempts,
      backoffMs: Number(value('errors.restart.backoff.ms')),
      backoffMaxMs: Number(value('errors.restart.backoff.max.ms')),
      resetMs: Number(value('errors.restart.reset.ms')),
      ofStalled: value('errors.restart.stalled.enable') === true,
    },
    stallTimeoutMs: stallTimeoutMs > 0 ? stallTimeoutMs : undefined,
  };
}

function ownConfig(worker: WorkerConfig, config: Readonly<Record<string, string>>): Config | undefined {
  const given = Object.fromEntries(Object.entries(config).filter(([name]) => ofConnector.keys.has(name)));
  if (Object.keys(given).length === 0) return undefined;
  try {
    return ofConnector.parse(worker.providers.resolve(given));
  } catch {
    return undefined;
  }
}
