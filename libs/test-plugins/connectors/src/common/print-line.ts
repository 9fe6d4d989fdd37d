import { write } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Where a task says what it did, one line at a time. */
export type PrintLine = (line: string) => Promise<void>;

const STDOUT = 1;
const BUSY_MS = 5;
const writeSome = promisify(write);
let last: Promise<void> = Promise.resolve();

/**
 * Prints to standard output; resolves once the operating system has the line, so that a killed process has not said more
 * than it did and a slow reader slows the task. Lines come out whole and in the order of the calls.
 */
export const printLine: PrintLine = (line) => {
  const printed = last.then(() => writeAll(Buffer.from(`${line}\n`)));
  last = printed.catch(() => undefined);
  return printed;
};

async function writeAll(bytes: Buffer): Promise<void> {
  for (let rest = bytes; rest.length > 0;) {
    try {
      const { bytesWritten } = await writeSome(STDOUT, rest);
      rest = rest.subarray(bytesWritten);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      await setTimeout(BUSY_MS);
    }
  }
}
