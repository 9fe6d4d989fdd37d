import { ConfigDef } from '@tributary/connect-api';
import { describe, expect, it } from 'vitest';
import { errorSettings } from './error-settings.js';

const low = { importance: 'LOW', documentation: '' } as const;
const DEFINITION = ConfigDef.define({
  'errors.retry.timeout': { type: 'LONG', default: 0, ...low },
  'errors.retry.delay.max.ms': { type: 'LONG', default: 60_000, ...low },
  'errors.tolerance': { type: 'STRING', default: 'none', ...low },
  'errors.log.enable': { type: 'BOOLEAN', default: false, ...low },
  'errors.log.include.messages': { type: 'BOOLEAN', default: false, ...low },
});

describe('errorSettings', () => {
  it('reads the defaults', () => {
    expect(errorSettings(DEFINITION.parse({}))).toEqual({
      retryTimeoutMs: 0,
      retryDelayMaxMs: 60_000,
      tolerant: false,
      log: false,
      logRecords: false,
    });
  });

  it('reads what is set', () => {
    const props = { 'errors.tolerance': 'all', 'errors.retry.timeout': '-1', 'errors.log.enable': 'true' };
    expect(errorSettings(DEFINITION.parse(props))).toMatchObject({ tolerant: true, retryTimeoutMs: -1, log: true });
  });
});
