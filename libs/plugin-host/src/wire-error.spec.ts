import { DataError, traceOf } from '@tributary/connect-api';
import { Secrets, withSecrets } from '@tributary/observability';
import { describe, expect, it } from 'vitest';
import { decodeError, encodeError } from './wire-error.js';

const across = (thrown: unknown): Error => decodeError(structuredClone(encodeError(thrown)));

describe('an error that crosses a thread boundary', () => {
  it('shows the same trace on the other side', () => {
    const error = new DataError('outer', { cause: new RangeError('middle', { cause: 'inner' }) });
    expect(traceOf(across(error))).toBe(traceOf(error));
  });

  it('keeps its code and name', () => {
    expect(across(new DataError('x'))).toMatchObject({ code: 'DATA', name: 'DataError', message: 'x' });
  });

  it.each([['text'], [42], [null], [undefined], [Object.create(null)]])('may be no error at all: %o', (thrown) => {
    expect(across(thrown)).toBeInstanceOf(Error);
  });

  it('shows no secrets', () => {
    const error = new Error('no open-sesame', { cause: new Error('open-sesame', { cause: 'open-sesame' }) });
    const seen = withSecrets(new Secrets(['open-sesame']), () => across(error));
    expect(traceOf(seen)).toMatch(/: no \[hidden\]\n/);
    expect(traceOf(seen) + seen.stack).not.toContain('open-sesame');
  });

  it('survives a cause that is its own cause', () => {
    const error = new Error('a');
    error.cause = error;
    expect(across(error).message).toBe('a');
  });
});
