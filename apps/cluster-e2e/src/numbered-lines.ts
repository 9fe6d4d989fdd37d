import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';

const line = (n: number) => `line-${String(n).padStart(9, '0')}`;

/** Appends lines numbered from `first` to `last`, both included. */
export function appendNumberedLines(file: string, first: number, last: number): void {
  if (!existsSync(file)) writeFileSync(file, '');
  for (let start = first; start <= last; start += 10_000) {
    const end = Math.min(last, start + 9_999);
    appendFileSync(file, Array.from({ length: end - start + 1 }, (_, i) => `${line(start + i)}\n`).join(''));
  }
}

/** What arrived of the lines from 1 to `last`. */
export interface Arrival {
  /** numbers that are missing */
  readonly missing: number;
  readonly firstMissing: number | undefined;
  /** lines that came more than once */
  readonly duplicates: number;
  /** lines that nobody wrote */
  readonly foreign: readonly string[];
}

export function arrivalOf(file: string, last: number): Arrival {
  const counts = new Uint32Array(last + 1);
  const foreign: string[] = [];
  for (const text of existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []) {
    const number = /^line-(\d{9})$/.exec(text)?.[1];
    if (number !== undefined && Number(number) >= 1 && Number(number) <= last) counts[Number(number)]! += 1;
    else if (text !== '') foreign.push(text);
  }
  let [missing, duplicates] = [0, 0];
  let firstMissing: number | undefined;
  for (let n = 1; n <= last; n++) {
    const count = counts[n] ?? 0;
    if (count === 0) {
      missing += 1;
      firstMissing ??= n;
    }
    duplicates += Math.max(0, count - 1);
  }
  return { missing, firstMissing, duplicates, foreign };
}
