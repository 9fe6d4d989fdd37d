import { readFileSync } from 'node:fs';
import type { Child } from '../process/index.js';

/** Memory of processes in MiB: resident now, and the most that was ever resident. */
export interface Memory {
  readonly residentMb: number;
  readonly peakMb: number;
}

/** Read from /proc, so Linux only. */
export function memoryOf(children: readonly Child[]): Memory {
  const field = (child: Child, name: string): number => {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
  };
  const sum = (name: string) => Math.round(children.reduce((total, child) => total + field(child, name), 0));
  return { residentMb: sum('VmRSS'), peakMb: sum('VmHWM') };
}
