import { beforeEach, describe, expect, it } from 'vitest';
import { Heartbeat } from './heartbeat.js';

describe('Heartbeat', () => {
  let now = 0;
  let heartbeat = new Heartbeat(1000, () => now);

  const pass = (ms: number): void => {
    now += ms;
    heartbeat.look();
  };

  beforeEach(() => {
    now = 5000;
    heartbeat = new Heartbeat(1000, () => now);
  });

  it('finds a thread unresponsive after the limit, and faltering before', () => {
    for (let ms = 0; ms < 300; ms += 100) pass(100);
    expect([heartbeat.faltering, heartbeat.unresponsive]).toEqual([true, false]);
    for (let ms = 300; ms < 1000; ms += 100) pass(100);
    expect([heartbeat.faltering, heartbeat.unresponsive]).toEqual([true, true]);
  });

  it('forgets the silence when the counter moves', () => {
    for (let ms = 0; ms < 900; ms += 100) pass(100);
    Atomics.add(heartbeat.counter, 0, 1);
    pass(100);
    pass(100);
    expect([heartbeat.faltering, heartbeat.unresponsive]).toEqual([false, false]);
  });

  it('blames nobody when the whole process slept', () => {
    pass(60_000);
    expect([heartbeat.faltering, heartbeat.unresponsive]).toEqual([false, false]);
  });
});
