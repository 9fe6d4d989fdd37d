import { closeSync, openSync, writeSync } from 'node:fs';

/** Length of a line without its terminator. */
export const LINE_BYTES = 84;

export function lineText(n: number): string {
  return `${String(n).padStart(12, '0')} `.padEnd(LINE_BYTES, 'the quick brown fox jumps over the lazy dog ');
}

/** Writes `count` numbered lines of {@link LINE_BYTES} characters. */
export function writeLines(file: string, count: number): void {
  const fd = openSync(file, 'w');
  const block: string[] = [];
  for (let n = 0; n < count; n++) {
    block.push(lineText(n));
    if (block.length === 10_000 || n === count - 1) {
      writeSync(fd, `${block.join('\n')}\n`);
      block.length = 0;
    }
  }
  closeSync(fd);
}
