import type { LineBuffer } from './line-buffer.js';

/** Where a task's lines come from. */
export interface LineSource {
  /**
   * Waits until the buffer has bytes that it had not, but only for a second or so. True: it has. False: none came.
   * `rest` takes the last line of an input that came to its end without ending the line.
   */
  fill(lines: LineBuffer, rest: (line: string) => void): Promise<boolean>;
  /** Bytes of the input up to the end of the buffer. */
  readonly position: number;
  close(): Promise<void>;
}
