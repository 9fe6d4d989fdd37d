import type { Config } from '@tributary/connect-api';

/** A connector's errors.* properties. */
export interface ErrorSettings {
  /** from the first failure on, milliseconds; 0: no retry, negative: no limit */
  readonly retryTimeoutMs: number;
  readonly retryDelayMaxMs: number;
  /** errors.tolerance=all: a record that fails is left out; otherwise the task fails */
  readonly tolerant: boolean;
  readonly log: boolean;
  /** whether logged errors show the record */
  readonly logRecords: boolean;
}

/** `config` is the connector's, parsed by a definition that has the errors.* properties. */
export function errorSettings(config: Config): ErrorSettings {
  return {
    retryTimeoutMs: config.int('errors.retry.timeout'),
    retryDelayMaxMs: config.int('errors.retry.delay.max.ms'),
    tolerant: config.string('errors.tolerance').toLowerCase() === 'all',
    log: config.boolean('errors.log.enable'),
    logRecords: config.boolean('errors.log.include.messages'),
  };
}
