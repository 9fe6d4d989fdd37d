import { sleep, type Child } from '../../process/index.js';
import { cpuSecondsOf } from '../cpu.js';
import { memoryOf } from '../memory.js';

const SETTLE_MS = 2_000;
const WATCH_MS = 4_000;

/** What processes use while nobody asks for anything. */
export interface Idle {
  readonly memoryMb: number;
  /** cores that are kept busy, on average */
  readonly cores: number;
}

export async function measureIdle(children: readonly Child[]): Promise<Idle> {
  await sleep(SETTLE_MS);
  const before = cpuSecondsOf(children);
  const from = performance.now();
  await sleep(WATCH_MS);
  const cores = ((cpuSecondsOf(children) - before) * 1000) / (performance.now() - from);
  return { memoryMb: memoryOf(children), cores };
}
