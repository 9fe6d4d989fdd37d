import { MINIMAL_WORKER } from '@tributary/testing';
import { describe, expect, it } from 'vitest';
import { WorkerConfig } from '../worker/worker-config.js';
import { recoverySettings } from './recovery-settings.js';

const worker = (more: Record<string, string> = {}) =>
  WorkerConfig.parse({ ...MINIMAL_WORKER, ...more }, 'herder', () => undefined);

describe('recoverySettings', () => {
  it('are off unless somebody switches them on', () => {
    expect(recoverySettings(worker(), { name: 'c' })).toEqual({
      restart: {
        enabled: false,
        maxAttempts: 10,
        backoffMs: 5_000,
        backoffMaxMs: 300_000,
        resetMs: 600_000,
        ofStalled: false,
      },
      stallTimeoutMs: undefined,
    });
  });

  it("prefer the connector's, key by key", () => {
    const given = worker({
      'errors.restart.enable': 'true',
      'errors.restart.max.attempts': '3',
      'errors.stall.timeout.ms': '1000',
    });
    const own = {
      'errors.restart.max.attempts': '-1',
      'errors.restart.backoff.ms': '7',
      'errors.stall.timeout.ms': '0',
    };
    expect(recoverySettings(given, own)).toMatchObject({
      restart: { enabled: true, maxAttempts: Infinity, backoffMs: 7 },
      stallTimeoutMs: undefined,
    });
    expect(recoverySettings(given, { 'errors.restart.enable': 'false' }).restart).toMatchObject({
      enabled: false,
      maxAttempts: 3,
    });
  });

  it('are the worker’s alone where the connector’s cannot be read', () => {
    const given = worker({ 'errors.restart.enable': 'true' });
    expect(recoverySettings(given, { 'errors.restart.max.attempts': 'many' }).restart).toMatchObject({
      enabled: true,
      maxAttempts: 10,
    });
  });

  it('are read through config providers', () => {
    const given = worker({
      'config.providers': 'env',
      'config.providers.env.class': 'org.apache.kafka.common.config.provider.EnvVarConfigProvider',
    });
    process.env['RECOVERY_SETTINGS_SPEC'] = '4';
    const own = { 'errors.restart.max.attempts': '${env:RECOVERY_SETTINGS_SPEC}' };
    expect(recoverySettings(given, own).restart.maxAttempts).toBe(4);
  });

  it.each([
    ['errors.restart.max.attempts', '0', 'must be at least 1, or -1 for no limit'],
    ['errors.restart.backoff.ms', '0', 'Value must be at least 1'],
    ['errors.stall.timeout.ms', '-1', 'Value must be at least 0'],
    ['errors.restart.enable', 'maybe', 'Expected value to be either true or false'],
  ])('refuse %s=%s in a worker', (name, value, message) => {
    expect(() => worker({ [name]: value })).toThrow(message);
  });
});
