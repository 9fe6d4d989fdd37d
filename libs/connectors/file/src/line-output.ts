import { write } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ConnectError } from '@tributary/connect-api';

/** Where a sink task's lines go. */
export interface LineOutput {
  /** Resolves once the operating system has all of the text: a killed process loses none of it. */
  write(text: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens a file for appending, made if it does not exist; throws a {@link ConnectError} where that is not possible. */
export async function fileOutput(path: string): Promise<LineOutput> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'a');
  } catch (cause) {
    throw new ConnectError(`Couldn't find or create file '${path}' for FileStreamSinkTask`, { cause });
  }
  return {
    async write(text) {
      try {
        await handle.appendFile(text);
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new ConnectError(`Error while writing to file '${path}': ${reason}`, { cause });
      }
    },
    close: () => handle.close(),
  };
}

const STDOUT = 1;
const BUSY_MS = 5;
const writeSome = promisify(write);

/** Standard output, written by its number: inside a worker thread `process.stdout` returns before anything is written. */
export const standardOutput: LineOutput = {
  async write(text) {
    for (let rest = Buffer.from(text); rest.length > 0;) {
      try {
        const { bytesWritten } = await writeSome(STDOUT, rest);
        rest = rest.subarray(bytesWritten);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
        await setTimeout(BUSY_MS);
      }
    }
  },
  async close() {},
};
