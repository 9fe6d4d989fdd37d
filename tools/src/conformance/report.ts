import type { Verdict } from './compare.js';
import { describeStep } from './step.js';

const LINES = 12;

/** A request that is answered differently for no known reason, readable as it is. */
export function describeVerdict({ step, unknown }: Verdict): string {
  const shown = unknown.slice(0, LINES).map((line) => `  ${line}\n`);
  const more = unknown.length > LINES ? `  and ${unknown.length - LINES} more\n` : '';
  return `${describeStep(step)}\n${shown.join('')}${more}`;
}

/** How many requests were explained by each known difference, the most frequent first. */
export function describeKnown(verdicts: readonly Verdict[]): string {
  const counts = new Map<string, number>();
  for (const id of verdicts.flatMap((verdict) => verdict.known)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([id, count]) => `  ${String(count).padStart(5)}  ${id}\n`)
    .join('');
}
