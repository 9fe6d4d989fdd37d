import { expect, it, vi } from 'vitest';
import { retrying } from './backoff.js';

it('tries again after 250 ms, twice as long each time, up to a minute', async () => {
  const pauses: number[] = [];
  let left = 11;
  const result = await retrying(
    async () => {
      if (--left > 0) throw new Error('not yet');
      return 'done';
    },
    {
      signal: new AbortController().signal,
      retriable: () => true,
      failed: () => undefined,
      pause: async (ms) => void pauses.push(ms),
    },
  );
  expect(result).toBe('done');
  expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
});

it('passes on at once what is not retriable', async () => {
  const failing = vi.fn(() => Promise.reject(new Error('no')));
  const options = { signal: new AbortController().signal, retriable: () => false, failed: () => undefined };
  await expect(retrying(failing, options)).rejects.toThrow('no');
  expect(failing).toHaveBeenCalledOnce();
});

it('ends its pause when it is given up', async () => {
  const controller = new AbortController();
  const result = retrying(() => Promise.reject(new Error('not yet')), {
    signal: controller.signal,
    retriable: () => true,
    failed: () => controller.abort(new Error('given up')),
  });
  await expect(result).rejects.toThrow('given up');
});
