import { describe, expect, it } from 'vitest';
import { place, type PlacementThread } from './placement.js';

const thread = (load: number, more: Partial<PlacementThread> = {}): PlacementThread => ({
  load,
  solo: false,
  open: true,
  ...more,
});

describe('place', () => {
  it('asks for a new thread until the limit', () => {
    expect(place([thread(1)], false, 2)).toBeUndefined();
  });

  it('prefers an empty thread to a new one', () => {
    const empty = thread(0);
    expect(place([thread(1), empty], false, 3)).toBe(empty);
    expect(place([thread(1), empty], true, 3)).toBe(empty);
  });

  it('shares the least loaded thread at the limit', () => {
    const least = thread(2);
    expect(place([thread(3), least, thread(4)], false, 3)).toBe(least);
  });

  it('never shares a solo thread, nor one that is ending or carries an abandoned instance', () => {
    const shared = thread(7);
    expect(place([thread(1, { solo: true }), thread(1, { open: false }), shared], false, 2)).toBe(shared);
    expect(place([thread(1, { solo: true }), thread(0, { open: false })], false, 2)).toBeUndefined();
  });

  it('gives a solo instance a thread beyond the limit', () => {
    expect(place([thread(1), thread(1)], true, 2)).toBeUndefined();
  });
});
