import { DataError, RetriableError, sourceRecord, traceOf } from '@tributary/connect-api';
import { newTaskCounters } from '@tributary/observability';
import { describe, expect, it } from 'vitest';
import { ErrorPolicy, UndecidedRecordError } from './error-policy.js';
import type { ErrorSettings } from './error-settings.js';
import type { ErrorReporter, Failure } from './reporter.js';
import type { RetryableStep, Stage } from './stages.js';
import { systemTimer, type Timer } from './timer.js';

/** A clock that jumps over every sleep and remembers it. */
class SkippingTimer implements Timer {
  readonly slept: number[] = [];
  #now = 1_000_000;
  now(): number {
    return this.#now;
  }
  sleep(ms: number): Promise<void> {
    this.slept.push(ms);
    this.#now += ms;
    return Promise.resolve();
  }
}

const NONE: ErrorSettings = {
  retryTimeoutMs: 0,
  retryDelayMaxMs: 60_000,
  tolerant: false,
  log: false,
  logRecords: false,
};

function setUp(settings: Partial<ErrorSettings> = {}, reporters?: ErrorReporter[], timer: Timer = new SkippingTimer()) {
  const heard: Failure[] = [];
  const hearing: ErrorReporter = { report: (failure) => Promise.resolve(void heard.push(failure)) };
  const counters = newTaskCounters('sink');
  const stop = new AbortController();
  const policy = new ErrorPolicy({
    settings: { ...NONE, ...settings },
    reporters: reporters ?? [hearing],
    counters,
    signal: stop.signal,
    timer,
    random: () => 0.5,
  });
  return { policy, heard, counters, stop };
}

function step(attempt: () => void = () => expect.fail('no attempt was due'), stage: Stage = 'VALUE_CONVERTER') {
  const subject = sourceRecord({ sourcePartition: {}, sourceOffset: {}, topic: 't' });
  return { stage, className: 'a.Converter', subject, attempt } satisfies RetryableStep;
}

/** Fails `times` times with a retriable error, then succeeds. */
function failing(times: number): () => void {
  let left = times;
  return () => {
    if (left-- > 0) throw new RetriableError('not now');
  };
}

describe('an error that cannot be retried', () => {
  it('fails the task, with the error as cause, where nothing is tolerated', async () => {
    const { policy, heard, counters } = setUp();
    const error = new DataError('bad');
    const thrown = await policy.recover(step(), error).catch((caught: unknown) => caught);
    expect(thrown).toMatchObject({ message: 'Tolerance exceeded in error handler', cause: error });
    expect(traceOf(thrown)).toMatch(/^org\.apache\.kafka\.connect\.errors\.ConnectException: Tolerance exceeded/);
    expect(heard).toMatchObject([{ stage: 'VALUE_CONVERTER', className: 'a.Converter', error }]);
    expect(counters).toMatchObject({ recordFailures: 1, recordErrors: 1, recordsSkipped: 0, lastErrorMs: 1_000_000 });
  });

  it('leaves the record out, after one report, where all is tolerated', async () => {
    const { policy, heard, counters } = setUp({ tolerant: true, retryTimeoutMs: 10_000 });
    expect(await policy.recover(step(), new TypeError('bad'))).toBe(false);
    expect(heard.length).toBe(1);
    expect(counters).toMatchObject({ recordFailures: 1, recordErrors: 1, recordsSkipped: 1, retries: 0 });
  });

  it('is not tolerated in a stage that is not about one record', async () => {
    const { policy, heard } = setUp({ tolerant: true });
    const error = new Error('bad');
    await expect(policy.recover(step(undefined, 'TASK_POLL'), error)).rejects.toMatchObject({
      message: 'Unhandled exception in error handler',
      cause: error,
    });
    expect(heard.length).toBe(1);
  });

  it.each([['text'], [undefined]])('may be any thrown value: %o', async (thrown) => {
    expect(await setUp({ tolerant: true }).policy.recover(step(), thrown)).toBe(false);
  });
});

describe('a retriable error', () => {
  it('is not retried by default', async () => {
    const timer = new SkippingTimer();
    const { policy, counters } = setUp({ tolerant: true }, undefined, timer);
    expect(await policy.recover(step(), new RetriableError('not now'))).toBe(false);
    expect(timer.slept).toEqual([]);
    expect(counters).toMatchObject({ recordFailures: 2, recordErrors: 1, recordsSkipped: 1, retries: 0 });
  });

  it('is retried until an attempt succeeds, and nobody hears of it', async () => {
    const timer = new SkippingTimer();
    const { policy, heard, counters } = setUp({ retryTimeoutMs: 10_000 }, undefined, timer);
    expect(await policy.recover(step(failing(2)), new RetriableError('not now'))).toBe(true);
    expect(timer.slept).toEqual([300, 600, 1200]);
    expect(heard).toEqual([]);
    expect(counters).toMatchObject({ recordFailures: 3, recordErrors: 0, retries: 3, lastErrorMs: 0 });
  });

  it('is attempted for the last time at the deadline', async () => {
    const timer = new SkippingTimer();
    const { policy, counters } = setUp({ retryTimeoutMs: 4000, retryDelayMaxMs: 1000 }, undefined, timer);
    const last = new RetriableError('never');
    const recovering = policy.recover(
      step(() => {
        throw last;
      }),
      last,
    );
    await expect(recovering).rejects.toMatchObject({ message: 'Tolerance exceeded in error handler', cause: last });
    expect(timer.slept).toEqual([300, 600, 500, 500, 500, 500, 500, 500, 100]);
    expect(counters).toMatchObject({ recordFailures: 11, retries: 9, recordErrors: 1 });
  });

  it('is retried without limit where the timeout is negative', async () => {
    const { policy } = setUp({ retryTimeoutMs: -1, retryDelayMaxMs: 1000 });
    expect(await policy.recover(step(failing(500)), new RetriableError('not now'))).toBe(true);
  });

  it('ends with another error when a later attempt throws one that cannot be retried', async () => {
    const { policy, heard, counters } = setUp({ retryTimeoutMs: 10_000, tolerant: true });
    const other = new DataError('bad');
    const recovering = policy.recover(
      step(() => {
        throw other;
      }),
      new RetriableError('not now'),
    );
    expect(await recovering).toBe(false);
    expect(heard).toMatchObject([{ error: other }]);
    expect(counters).toMatchObject({ recordFailures: 2, recordErrors: 1, recordsSkipped: 1, retries: 1 });
  });

  it('neither fails nor leaves out the record when the task is asked to stop meanwhile', async () => {
    const { policy, heard, stop } = setUp({ retryTimeoutMs: -1, tolerant: true }, undefined, systemTimer);
    const recovering = policy.recover(step(), new RetriableError('not now'));
    stop.abort();
    await expect(recovering).rejects.toBeInstanceOf(UndecidedRecordError);
    expect(heard).toEqual([]);
  });
});

describe('reports', () => {
  const slow = () => {
    let finish = (): void => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    return { reporter: { report: () => finished }, finish: () => finish() };
  };
  const broken: ErrorReporter = { report: () => Promise.reject(new Error('no queue')) };

  it('do not hold up records that are left out, but are waited for before a commit', async () => {
    const { reporter, finish } = slow();
    const { policy } = setUp({ tolerant: true }, [reporter]);
    expect(await policy.recover(step(), new Error('bad'))).toBe(false);
    let done = false;
    const waiting = policy.reportsDone().then(() => (done = true));
    await Promise.resolve();
    expect(done).toBe(false);
    finish();
    await waiting;
  });

  it('that are lost make the task fail before it commits', async () => {
    const { policy } = setUp({ tolerant: true }, [broken]);
    policy.check();
    expect(await policy.recover(step(), new Error('bad'))).toBe(false);
    await expect(policy.reportsDone()).rejects.toThrow('no queue');
    expect(() => policy.check()).toThrow('no queue');
  });

  it('of a sink task that are lost make it fail too, whether it looks at them or not', async () => {
    const { policy } = setUp({ tolerant: true }, [broken]);
    const lost = new DataError('no queue', { cause: new RangeError('too large') });
    const refusing = setUp({ tolerant: true }, [{ report: () => Promise.reject(lost) }]).policy;
    await policy.report(step(), new Error('bad')).catch(() => undefined);
    await refusing.report(step(), new Error('bad')).catch(() => undefined);
    expect(() => policy.check()).toThrow(
      'java.util.concurrent.ExecutionException: java.lang.RuntimeException: no queue',
    );
    expect(() => refusing.check()).toThrow(
      'java.util.concurrent.ExecutionException: java.lang.IllegalArgumentException: too large',
    );
  });

  it('that never end hold up no task that is asked to stop', async () => {
    const never: ErrorReporter = { report: () => new Promise(() => undefined) };
    const { policy, stop } = setUp({}, [never]);
    const recovering = policy.recover(step(), new Error('bad'));
    stop.abort();
    await expect(recovering).rejects.toBeInstanceOf(UndecidedRecordError);
  });

  it('reach all reporters, even after one that throws', async () => {
    const heard: Failure[] = [];
    const throwing: ErrorReporter = {
      report: () => {
        throw new Error('at once');
      },
    };
    const hearing: ErrorReporter = { report: (failure) => Promise.resolve(void heard.push(failure)) };
    const { policy } = setUp({ tolerant: true }, [throwing, hearing]);
    await policy.recover(step(), new Error('bad'));
    expect(heard.length).toBe(1);
  });

  it('of a sink task throw at once where errors are not tolerated, and reject where they are not safe', async () => {
    const error = new Error('refused');
    const strict = setUp();
    expect(() => strict.policy.report(step(), error)).toThrow(
      expect.objectContaining({ message: 'Tolerance exceeded in error handler', cause: error }),
    );
    expect(strict.heard.length).toBe(1);
    expect(strict.counters).toMatchObject({ recordFailures: 1, recordErrors: 1, recordsSkipped: 0 });
    await expect(setUp({ tolerant: true }, [broken]).policy.report(step(), error)).rejects.toThrow('no queue');
    const tolerant = setUp({ tolerant: true });
    await tolerant.policy.report(step(), error);
    expect(tolerant.counters).toMatchObject({ recordFailures: 1, recordErrors: 0, recordsSkipped: 0 });
    expect(tolerant.counters.lastErrorMs).toBeGreaterThan(0);
  });
});
