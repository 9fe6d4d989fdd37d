import { writeSync } from 'node:fs';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

const KEY = 'tributary.log-lock';
/** A thread that was terminated inside of a write never unlocks; nobody waits longer for it. */
const LOCK_LIMIT_MS = 1000;
const FULL_PIPE_WAIT_MS = 5;

/**
 * Writes lines to a file descriptor at once, so that the last ones before a crash are there, and whole: all threads of
 * the process take turns, because the system tears long lines that are written to a pipe at the same time.
 */
export class LineOutput {
  readonly #lock = sharedCell();

  constructor(private readonly fd: number) {}

  write(line: string): void {
    this.#acquire();
    try {
      this.#writeAll(Buffer.from(line));
    } finally {
      Atomics.store(this.#lock, 0, 0);
      Atomics.notify(this.#lock, 0, 1);
    }
  }

  #acquire(): void {
    while (Atomics.compareExchange(this.#lock, 0, 0, 1) !== 0) {
      if (Atomics.wait(this.#lock, 0, 1, LOCK_LIMIT_MS) === 'timed-out') return;
    }
  }

  /** A reader that is gone or a full disk costs the line, not the process. */
  #writeAll(bytes: Buffer): void {
    for (let written = 0; written < bytes.length;) {
      try {
        written += writeSync(this.fd, bytes, written);
      } catch (error) {
        if (!(error instanceof Error) || !('code' in error) || error.code !== 'EAGAIN') return;
        pause(FULL_PIPE_WAIT_MS);
      }
    }
  }
}

/** One cell for all threads: each inherits its parent's. */
function sharedCell(): Int32Array {
  const inherited: unknown = getEnvironmentData(KEY);
  if (inherited instanceof Int32Array) return inherited;
  const cell = new Int32Array(new SharedArrayBuffer(4));
  setEnvironmentData(KEY, cell);
  return cell;
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
