import { describe, expect, it } from 'vitest';
import { Throttle } from './throttle.js';

const never = new AbortController().signal;

describe('Throttle', () => {
  it('lets everything go where the rate is negative', async () => {
    let now = 0;
    const throttle = new Throttle(-1, never, () => now);
    now = 1;
    expect(await throttle.admits(1_000_000)).toBe(true);
  });

  it('lets whoever is not ahead go at once', async () => {
    let now = 0;
    const hundredSecondsEach = new Throttle(0.01, never, () => now);
    now = 100_000;
    expect(await hundredSecondsEach.admits(1)).toBe(true);
  });

  it('makes whoever is ahead sleep as long as one record takes', async () => {
    let now = 0;
    const throttle = new Throttle(20, never, () => now);
    now = 10;
    const began = performance.now();
    expect(await throttle.admits(1)).toBe(true);
    expect(performance.now() - began).toBeGreaterThan(45);
  });

  it('saves up sleeps that no timer can make', async () => {
    let now = 0;
    const throttle = new Throttle(1_000, never, () => now);
    now = 1;
    const began = performance.now();
    for (let sent = 100; sent < 300; sent++) await throttle.admits(sent);
    expect(performance.now() - began).toBeGreaterThan(100);
  });

  it('lets nothing after the first record go where the rate is 0', async () => {
    let now = 0;
    const throttle = new Throttle(0, never, () => now);
    now = 5;
    expect(await throttle.admits(0)).toBe(true);
    expect(await throttle.admits(1)).toBe(false);
  });

  it('stops waiting when the task is to stop, and lets nothing go', async () => {
    const stop = new AbortController();
    let now = 0;
    const hundredSecondsEach = new Throttle(0.01, stop.signal, () => now);
    now = 1;
    const answer = hundredSecondsEach.admits(5);
    stop.abort();
    expect(await answer).toBe(false);
  });
});
