import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';

const PREFIX = Buffer.from('line-');
const DIGITS = 9;
/** as bytes: the end of a line, the digit 0 */
const [LINE_END, ZERO] = [0x0a, 0x30] as const;

const line = (n: number) => `${PREFIX.toString()}${String(n).padStart(DIGITS, '0')}`;

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

/** Specs ask again and again until all has arrived, of a file that may have hundreds of thousands of lines. */
export function arrivalOf(file: string, last: number): Arrival {
  const counts = new Uint32Array(last + 1);
  const foreign: string[] = [];
  const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(LINE_END, start);
    const end = found < 0 ? bytes.length : found;
    const number = numberAt(bytes, start, end);
    if (number >= 1 && number <= last) counts[number]! += 1;
    else if (end > start) foreign.push(bytes.toString('utf8', start, end));
    start = end + 1;
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

/** The number of a line, -1 where it is none of ours. */
function numberAt(bytes: Buffer, start: number, end: number): number {
  if (
    end - start !== PREFIX.length + DIGITS ||
    bytes.compare(PREFIX, 0, PREFIX.length, start, start + PREFIX.length) !== 0
  )
    return -1;
  let number = 0;
  for (let at = start + PREFIX.length; at < end; at++) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}
