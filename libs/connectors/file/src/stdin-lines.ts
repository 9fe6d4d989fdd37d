import { createReadStream, fstatSync } from 'node:fs';
import { Socket } from 'node:net';
import { isatty, ReadStream as TtyStream } from 'node:tty';
import type { Readable } from 'node:stream';
import type { LineBuffer } from './line-buffer.js';
import type { LineSource } from './line-source.js';
import { wait } from './wait.js';

const POLL_MS = 1000;

/**
 * The process's standard input. Opened by its number, as `process.stdin` has no input inside a worker thread, and once for
 * all tasks of the thread, as closing it would close it for good.
 */
let shared: Readable | undefined;

function standardInput(): Readable {
  if (shared === undefined) {
    const kind = fstatSync(0);
    if (isatty(0)) shared = new TtyStream(0);
    else if (kind.isFIFO() || kind.isSocket()) shared = new Socket({ fd: 0, readable: true, writable: false });
    else shared = createReadStream('', { fd: 0, autoClose: false });
    shared.on('error', () => shared?.pause());
  }
  return shared;
}

/** Lines typed or piped into the process. There is no position to come back to. */
export class StdinLines implements LineSource {
  position = 0;
  readonly #input: Readable;

  constructor(
    readonly signal: AbortSignal,
    input?: Readable,
  ) {
    this.#input = input ?? standardInput();
  }

  async fill(lines: LineBuffer): Promise<boolean> {
    if (this.#readInto(lines)) return true;
    await this.#readable();
    return this.#readInto(lines);
  }

  async close(): Promise<void> {
    this.#input.pause();
  }

  #readInto(lines: LineBuffer): boolean {
    const chunk: unknown = this.#input.read();
    if (!(chunk instanceof Uint8Array)) return false;
    for (let from = 0; from < chunk.length;) {
      const space = lines.space();
      const count = Math.min(space.length, chunk.length - from);
      space.set(chunk.subarray(from, from + count));
      lines.added(count);
      from += count;
    }
    this.position += chunk.length;
    return true;
  }

  async #readable(): Promise<void> {
    const done = new AbortController();
    const wake = () => done.abort();
    this.#input.once('readable', wake);
    try {
      await wait(POLL_MS, AbortSignal.any([this.signal, done.signal]));
    } finally {
      this.#input.off('readable', wake);
    }
  }
}
