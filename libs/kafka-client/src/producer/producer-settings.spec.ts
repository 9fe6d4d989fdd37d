import { ConfigError } from '@tributary/connect-api';
import { describe, expect, it } from 'vitest';
import { producerSettings } from './producer-settings.js';

describe('producerSettings', () => {
  it('waits for ever by default, as a Connect worker does', () => {
    const settings = producerSettings({});
    expect(settings).toMatchObject({ acks: -1, idempotent: false, lingerMs: 0, batchSize: 1_048_576 });
    expect(settings.deliveryTimeoutMs).toBe(Number.MAX_SAFE_INTEGER);
    expect(settings.maxBlockMs).toBe(Number.MAX_SAFE_INTEGER);
  });

  it("accepts the largest numbers of Java's types", () => {
    const settings = producerSettings({ 'max.block.ms': '9223372036854775807', 'delivery.timeout.ms': '2147483647' });
    expect(settings.deliveryTimeoutMs).toBe(2_147_483_647);
    expect(settings.maxBlockMs).toBeGreaterThan(1e18);
  });

  it.each([
    [{ acks: '2' }, 'Invalid value 2 for configuration acks: String must be one of: all, -1, 0, 1'],
    [{ acks: '1', 'enable.idempotence': 'true' }, 'Invalid value 1 for configuration acks: Must be all'],
    [{ 'compression.type': 'brotli' }, 'Invalid value brotli for configuration compression.type'],
    [{ 'linger.ms': '5ms' }, 'Invalid value 5ms for configuration linger.ms: Not a number of type LONG'],
    [{ 'enable.idempotence': 'yes' }, 'Expected value to be either true or false'],
  ])('refuses %j', (properties, message) => {
    expect(() => producerSettings(properties)).toThrow(ConfigError);
    expect(() => producerSettings(properties)).toThrow(message);
  });
});
