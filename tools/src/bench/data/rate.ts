import { sleep } from '../../process/index.js';

const CHECK_EVERY_MS = 1000;

export interface Rate {
  readonly perSecond: number;
  /** for each second of processor time */
  readonly perCpuSecond: number;
}

export interface Measured {
  readonly total: number;
  /** how many are done */
  progress(): Promise<number> | number;
  /** processor time so far, seconds */
  cpuSeconds(): number;
  /** asked now and then; what it throws ends the measurement */
  check(): Promise<void>;
  readonly deadlineMs: number;
}

/** Records per second between the first progress that is seen and the last: how long a connector takes to start does not count. */
export async function measureRate({ total, progress, cpuSeconds, check, deadlineMs }: Measured): Promise<Rate> {
  const end = performance.now() + deadlineMs;
  let nextCheck = performance.now() + CHECK_EVERY_MS;
  let first: { done: number; at: number; cpu: number } | undefined;
  for (;;) {
    const done = await progress();
    const at = performance.now();
    if (done > 0) first ??= { done, at, cpu: cpuSeconds() };
    if (done >= total && first !== undefined) {
      const records = done - first.done;
      return {
        perSecond: (records / (at - first.at)) * 1000,
        perCpuSecond: records / (cpuSeconds() - first.cpu),
      };
    }
    if (at > end) throw new Error(`only ${done} of ${total} records after ${deadlineMs} ms`);
    if (at > nextCheck) {
      await check();
      nextCheck = performance.now() + CHECK_EVERY_MS;
    }
    await sleep(10);
  }
}
