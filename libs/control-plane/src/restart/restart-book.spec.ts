import type { RestartSettings } from '@tributary/config-schemas';
import type { AutoRestart } from '@tributary/kafka-storage';
import { describe, expect, it } from 'vitest';
import { booked, dueIn, type Sight } from './restart-book.js';

const NOW = 1_000_000;
const SETTINGS: RestartSettings = {
  enabled: true,
  maxAttempts: 3,
  backoffMs: 100,
  backoffMaxMs: 300,
  resetMs: 5_000,
  ofStalled: false,
};
const FAILED: Sight = {
  status: { state: 'FAILED', trace: 'java.lang.RuntimeException: boom\n' },
  runningSince: undefined,
  restarting: false,
};
const RUNNING: Sight = { status: { state: 'RUNNING', trace: null }, runningSince: NOW, restarting: false };
const FATAL: Sight = {
  ...FAILED,
  status: { state: 'FAILED', trace: 'org.apache.kafka.common.config.ConfigException: x' },
};
const STALLED: Sight = {
  ...RUNNING,
  status: { state: 'RUNNING', trace: null, stalled: { since: NOW - 1, in: 'put' } },
};

const watched = (attempts: number): AutoRestart => ({ attempts, nextAt: null, givenUp: null });
const waiting = (attempts: number, nextAt: number): AutoRestart => ({ attempts, nextAt, givenUp: null });

/** What is noted next, at {@link NOW} and without jitter unless told. */
const next = (before: AutoRestart | undefined, sight: Sight, more: { at?: number; chance?: number } = {}) =>
  booked(before, sight, SETTINGS, more.at ?? NOW, more.chance ?? 0);

describe('booked', () => {
  it.each<[string, AutoRestart | undefined, Sight, AutoRestart | undefined]>([
    ['plans the first restart', undefined, FAILED, waiting(0, NOW + 100)],
    ['waits twice as long for the second', watched(1), FAILED, waiting(1, NOW + 200)],
    ['waits no longer than the longest', watched(2), FAILED, waiting(2, NOW + 300)],
    ['gives up after the last', watched(3), FAILED, { attempts: 3, nextAt: null, givenUp: 'attempts' }],
    ['does not begin with what is fatal', undefined, FATAL, { attempts: 0, nextAt: null, givenUp: 'fatal' }],
    ['ends with what has become fatal', watched(1), FATAL, { attempts: 1, nextAt: null, givenUp: 'fatal' }],
    ['notes nothing of what runs', undefined, RUNNING, undefined],
    ['notes nothing of what has no status', undefined, { ...RUNNING, status: undefined }, undefined],
    ['leaves a stalled task alone', undefined, STALLED, undefined],
    ['drops a plan once it runs again', waiting(1, NOW + 50), RUNNING, watched(1)],
    ['notes nothing of a plan for the first restart once it runs again', waiting(0, NOW + 50), RUNNING, undefined],
    ['takes heart once it runs again', { attempts: 3, nextAt: null, givenUp: 'attempts' }, RUNNING, watched(3)],
  ])('%s', (_, before, sight, after) => {
    expect(next(before, sight)).toEqual(after);
  });

  it.each<[string, AutoRestart, Sight]>([
    ['a restart waits for its time', waiting(1, NOW - 5), FAILED],
    ['nothing has been seen of a restart', watched(1), { ...FAILED, restarting: true }],
    ['it has given up', { attempts: 3, nextAt: null, givenUp: 'attempts' }, FAILED],
    ['it runs, but not for long enough', watched(1), RUNNING],
  ])('changes nothing while %s', (_, before, sight) => {
    expect(next(before, sight)).toBe(before);
  });

  it('forgets the restarts once it has run well for the time that is set', () => {
    expect(next(watched(2), RUNNING, { at: NOW + 4_999 })).toEqual(watched(2));
    expect(next(watched(2), RUNNING, { at: NOW + 5_000 })).toBeUndefined();
  });

  it('leaves out up to half of the wait by chance', () => {
    expect(next(undefined, FAILED, { chance: 1 })).toEqual(waiting(0, NOW + 50));
    expect(next(watched(1), FAILED, { chance: 0.5 })).toEqual(waiting(1, NOW + 150));
  });

  it('goes on without end where there is no limit, and never waits longer than allowed', () => {
    const endless = { ...SETTINGS, maxAttempts: Infinity };
    expect(booked(watched(2_000), FAILED, endless, NOW, 0)).toEqual(waiting(2_000, NOW + 300));
  });

  it('counts a stalled task as failed where that is asked for', () => {
    const ofStalled = { ...SETTINGS, ofStalled: true };
    expect(booked(undefined, STALLED, ofStalled, NOW, 0)).toEqual(waiting(0, NOW + 100));
    expect(booked(undefined, RUNNING, ofStalled, NOW, 0)).toBeUndefined();
  });
});

describe('dueIn', () => {
  it.each<[string, AutoRestart | undefined, number | undefined, number | undefined]>([
    ['at the time of the restart', waiting(1, NOW + 7), undefined, 7],
    ['at once where that has passed', waiting(1, NOW - 7), undefined, 0],
    ['when the restarts are to be forgotten', watched(1), NOW - 1_000, 4_000],
    ['never while nothing runs', watched(1), undefined, undefined],
    ['never where nothing is noted', undefined, NOW, undefined],
  ])('is %s', (_, entry, runningSince, ms) => {
    expect(dueIn(entry, { runningSince }, SETTINGS, NOW)).toBe(ms);
  });
});
