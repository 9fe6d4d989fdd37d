import { readFileSync } from 'node:fs';
import type { Child } from '../process/index.js';

/** Linux counts the processor time of processes in these. */
const TICKS_PER_SECOND = 100;

/** The processor time that the processes have used so far, seconds, in user and system mode. What /proc tells, so Linux only. */
export function cpuSecondsOf(children: readonly Child[]): number {
  const ticks = children.map((child) => {
    const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
    // The second field, the command in brackets, may hold spaces; utime and stime are the 14th and 15th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[11]) + Number(fields[12]);
  });
  return ticks.reduce((total, each) => total + each, 0) / TICKS_PER_SECOND;
}
