import type { ClientProperties } from '../api.js';
import { ConfigError } from '@tributary/connect-api';
import { PropertyReader } from '../properties/property-reader.js';

/** How a member takes part in its group. Times in milliseconds. */
export interface GroupSettings {
  readonly groupId: string;
  /** `group.instance.id`: a static member, which keeps its assignment over a restart; null: an ordinary one */
  readonly instanceId: string | null;
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  /** how long the others wait for this member at a rebalance */
  readonly rebalanceTimeoutMs: number;
  readonly retryBackoffMs: number;
}

/** Defaults that differ between kinds of members. */
export interface GroupDefaults {
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutProperty: 'rebalance.timeout.ms' | 'max.poll.interval.ms';
  readonly rebalanceTimeoutMs: number;
}

export function groupSettings(properties: ClientProperties, defaults: GroupDefaults): GroupSettings {
  const reader = new PropertyReader(properties);
  const sessionTimeoutMs = reader.integer('session.timeout.ms', defaults.sessionTimeoutMs, 1);
  const heartbeatIntervalMs = reader.integer(
    'heartbeat.interval.ms',
    Math.min(3000, Math.ceil(sessionTimeoutMs / 3)),
    1,
  );
  if (heartbeatIntervalMs >= sessionTimeoutMs) {
    throw new ConfigError(
      `Invalid value ${heartbeatIntervalMs} for configuration heartbeat.interval.ms: ` +
        `Value must be lower than session.timeout.ms, which is ${sessionTimeoutMs}`,
    );
  }
  return {
    groupId: reader.required('group.id'),
    instanceId: reader.optional('group.instance.id') ?? null,
    sessionTimeoutMs,
    heartbeatIntervalMs,
    rebalanceTimeoutMs: reader.integer(defaults.rebalanceTimeoutProperty, defaults.rebalanceTimeoutMs, 1),
    retryBackoffMs: reader.integer('retry.backoff.ms', 100),
  };
}
