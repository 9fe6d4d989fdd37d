import { describe, expect, it } from 'vitest';
import { Gate } from './gate.js';

describe('Gate', () => {
  it('wakes all who wait when it opens', async () => {
    const gate = new Gate();
    const waiting = Promise.all([gate.wait(), gate.wait(60_000)]);
    gate.open();
    await expect(waiting).resolves.toHaveLength(2);
  });

  it('lets go when the time is up', async () => {
    await expect(new Gate().wait(1)).resolves.toBeUndefined();
  });
});
