import { readFileSync } from 'node:fs';
import type { Child } from '../process/index.js';

/**
 * The memory of processes in MiB, pages that several of them share counted once (Linux's proportional set size). What
 * /proc tells, so Linux only.
 */
export function memoryOf(children: readonly Child[]): number {
  const sizes = children.map((child) => {
    const rollup = readFileSync(`/proc/${child.pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024;
  });
  return Math.round(sizes.reduce((total, size) => total + size, 0));
}
