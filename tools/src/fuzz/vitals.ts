import { readFileSync } from 'node:fs';
import { ConnectClient, type Member } from '../cluster/index.js';

/** How a process is. */
export interface Vitals {
  readonly name: string;
  /** memory that is its own, MiB */
  readonly rssMb: number;
  /** of that, JavaScript objects in use, MiB */
  readonly heapMb: number;
  /** open sockets, files and the like */
  readonly descriptors: number;
}

/** What a process may have more of at the end than after it was warm: memory in MiB, and descriptors. */
const LIMITS = { rssMb: 150, descriptors: 40 };

/** Asks each process that is there and /proc, so Linux only. */
export function vitalsOf(members: readonly Member[]): Promise<Vitals[]> {
  return Promise.all(
    members
      .filter(({ child }) => child.exit === undefined)
      .map(async ({ name, url, child }) => {
        const metrics = String((await new ConnectClient(url).get('/metrics')).body);
        const gauge = (metric: string) =>
          Number(new RegExp(`^${metric} (\\S+)$`, 'm').exec(metrics)?.[1] ?? Number.NaN);
        const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
        return {
          name,
          rssMb: Math.round(Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024),
          heapMb: Math.round(gauge('nodejs_heap_size_used_bytes') / 1024 / 1024),
          descriptors: gauge('process_open_fds'),
        };
      }),
  );
}

export function printVitals(when: string, all: readonly Vitals[]): void {
  const each = all.map(
    ({ name, rssMb, heapMb, descriptors }) => `${name} ${rssMb} MiB (heap ${heapMb}, ${descriptors} descriptors)`,
  );
  console.log(`${when.padEnd(8)} ${each.join('; ')}`);
}

/** What has grown more than it may. */
export function leaks(warm: readonly Vitals[], end: readonly Vitals[]): string[] {
  return end.flatMap((now) => {
    const then = warm.find(({ name }) => name === now.name);
    if (then === undefined) return [];
    return (['rssMb', 'descriptors'] as const)
      .filter((what) => now[what] - then[what] > LIMITS[what])
      .map((what) => `${now.name} has grown from ${then[what]} to ${now[what]} ${what === 'rssMb' ? 'MiB' : what}`);
  });
}
