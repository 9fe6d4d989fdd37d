import { sleep } from '../../process/index.js';

/**
 * Records per second between the first progress that is seen and the last: how long a connector takes to start does not
 * count. `progress` tells how much is done.
 */
export async function measureRate(
  total: number,
  progress: () => Promise<number> | number,
  deadlineMs: number,
): Promise<number> {
  const end = performance.now() + deadlineMs;
  let first: { done: number; at: number } | undefined;
  for (;;) {
    const done = await progress();
    const at = performance.now();
    if (done > 0) first ??= { done, at };
    if (done >= total && first !== undefined) return ((done - first.done) / (at - first.at)) * 1000;
    if (at > end) throw new Error(`only ${done} of ${total} records after ${deadlineMs} ms`);
    await sleep(10);
  }
}
