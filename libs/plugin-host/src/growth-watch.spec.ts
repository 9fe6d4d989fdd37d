import { describe, expect, it } from 'vitest';
import { GrowthWatch } from './growth-watch.js';

const MB = 1024 * 1024;

describe('GrowthWatch', () => {
  it('suspects a thread that is silent while the process grows by half of the limit', () => {
    const watch = new GrowthWatch(100);
    expect(watch.suspicious(true, 500 * MB)).toBe(false);
    expect(watch.suspicious(false, 549 * MB)).toBe(false);
    expect(watch.suspicious(false, 550 * MB)).toBe(true);
  });

  it('needs as much growth again for the next suspicion', () => {
    const watch = new GrowthWatch(100);
    watch.suspicious(true, 0);
    expect([60, 100, 110].map((mb) => watch.suspicious(false, mb * MB))).toEqual([true, false, true]);
  });

  it('never suspects a thread that answers', () => {
    const watch = new GrowthWatch(100);
    expect([0, 1000, 2000].map((mb) => watch.suspicious(true, mb * MB))).toEqual([false, false, false]);
  });
});
