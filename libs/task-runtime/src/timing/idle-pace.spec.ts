import { describe, expect, it } from 'vitest';
import { IdlePace } from './idle-pace.js';

describe('IdlePace', () => {
  it('waits longer and longer after polls that return nothing at once, up to a tenth of a second', () => {
    const pace = new IdlePace();
    expect(Array.from({ length: 9 }, () => pace.pause(0))).toEqual([1, 2, 4, 8, 16, 32, 64, 100, 100]);
  });

  it('does not wait after a poll that waited by itself', () => {
    const pace = new IdlePace();
    pace.pause(0);
    pace.pause(0);
    expect(pace.pause(50)).toBe(0);
    expect(pace.pause(0)).toBe(1);
  });

  it('starts over after records', () => {
    const pace = new IdlePace();
    pace.pause(0);
    pace.pause(0);
    pace.busy();
    expect(pace.pause(0)).toBe(1);
  });
});
