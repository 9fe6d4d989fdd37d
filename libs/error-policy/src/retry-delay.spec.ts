import { describe, expect, it } from 'vitest';
import { retryDelay } from './retry-delay.js';

const half = (): number => 0.5;

describe('retryDelay', () => {
  it('doubles from 300 ms', () => {
    expect([1, 2, 3, 4].map((attempt) => retryDelay(attempt, 60_000, Infinity, half))).toEqual([300, 600, 1200, 2400]);
  });

  it('is random below the maximum once it would be above', () => {
    expect(retryDelay(3, 1000, Infinity, half)).toBe(500);
    expect(retryDelay(1, 100, Infinity, () => 0.999)).toBe(99);
    expect(retryDelay(2000, 1000, Infinity, () => 0)).toBe(0);
  });

  it('ends at the deadline', () => {
    expect(retryDelay(2, 60_000, 100, half)).toBe(100);
    expect(retryDelay(1, 60_000, -5, half)).toBe(0);
  });
});
