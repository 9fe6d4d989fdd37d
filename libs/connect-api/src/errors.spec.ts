import { describe, expect, it } from 'vitest';
import { DataError, traceOf } from './errors.js';

describe('traceOf', () => {
  it('begins with the class and the message of each error down to the first cause', () => {
    const lines = traceOf(new DataError('outer', { cause: new Error('inner') })).split('\n');
    expect(lines[0]).toBe('org.apache.kafka.connect.errors.DataException: outer');
    expect(lines[1]).toMatch(/^\tat /);
    expect(lines).toContain('Caused by: java.lang.RuntimeException: inner');
  });

  it('is the class alone where the error has no message', () => {
    expect(traceOf(new Error())).toMatch(/^java\.lang\.RuntimeException\n\tat /);
  });
});
