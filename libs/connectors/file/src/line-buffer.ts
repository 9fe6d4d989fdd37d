import { isAscii } from 'node:buffer';

const LF = 0x0a;
const CR = 0x0d;
const NONE = Number.MAX_SAFE_INTEGER;

/**
 * Cuts bytes into lines, as they arrive. A line ends with `\n`, `\r\n` or `\r`; a `\r` at the very end waits for the byte
 * after it. What has no end yet stays in the buffer, which grows for a line that does not fit.
 *
 * Bytes are decoded once for all lines that they hold, lines are slices of that text; only text beyond ASCII is decoded
 * line by line, as its bytes and characters do not count alike.
 */
export class LineBuffer {
  #bytes: Buffer;
  /** the bytes not taken yet are #start to #end */
  #start = 0;
  #end = 0;
  /** before this there is no line end */
  #searched = 0;
  /** the bytes from #textStart to #end, where they are ASCII */
  #text: string | undefined;
  #textStart = 0;
  #nextLf = NONE;
  #nextCr = NONE;

  constructor(chunkSize: number) {
    this.#bytes = Buffer.allocUnsafeSlow(chunkSize);
  }

  /** Number of bytes that were added and not taken. */
  get pending(): number {
    return this.#end - this.#start;
  }

  /** Where to put the next bytes; then tell {@link added}. Never empty. */
  space(): Buffer {
    if (this.#start > 0) {
      this.#bytes.copyWithin(0, this.#start, this.#end);
      this.#end -= this.#start;
      this.#searched -= this.#start;
      this.#start = 0;
    }
    if (this.#end === this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(this.#bytes.length * 2);
      this.#bytes.copy(larger);
      this.#bytes = larger;
    }
    return this.#bytes.subarray(this.#end);
  }

  /** `count` bytes were put into {@link space}. */
  added(count: number): void {
    this.#end += count;
    this.#text = undefined;
    this.#nextLf = this.#find(LF, this.#searched);
    this.#nextCr = this.#find(CR, this.#searched);
    if (this.#nextLf === NONE && this.#nextCr === NONE) {
      this.#searched = this.#end;
      return;
    }
    this.#searched = this.#start;
    const data = this.#bytes.subarray(this.#start, this.#end);
    if (isAscii(data)) {
      this.#textStart = this.#start;
      this.#text = data.toString('latin1');
    }
  }

  /** Gives up to `max` lines to `line`, each with the number of bytes taken so far by this call. Returns how many. */
  take(max: number, line: (text: string, bytesTaken: number) => void): number {
    const first = this.#start;
    let count = 0;
    for (; count < max; count++) {
      const end = Math.min(this.#nextLf, this.#nextCr);
      const next = this.#afterLine(end);
      if (next === NONE) break;
      const text = this.#slice(this.#start, end);
      this.#start = next;
      if (this.#nextLf < next) this.#nextLf = this.#find(LF, next);
      if (this.#nextCr < next) this.#nextCr = this.#find(CR, next);
      line(text, next - first);
    }
    this.#searched = Math.max(this.#start, this.#searched);
    return count;
  }

  /** Takes the last line though it has no end; undefined where there is none. */
  takeRest(): string | undefined {
    if (this.pending === 0) return undefined;
    const end = this.#bytes[this.#end - 1] === CR ? this.#end - 1 : this.#end;
    const text = this.#bytes.toString('utf8', this.#start, end);
    this.clear();
    return text;
  }

  clear(): void {
    this.#start = this.#end = this.#searched = 0;
    this.#nextLf = this.#nextCr = NONE;
    this.#text = undefined;
  }

  #afterLine(end: number): number {
    if (end === NONE || end === this.#nextLf) return end === NONE ? NONE : end + 1;
    if (end + 1 >= this.#end) return NONE;
    return this.#bytes[end + 1] === LF ? end + 2 : end + 1;
  }

  #slice(from: number, to: number): string {
    if (this.#text === undefined) return this.#bytes.toString('utf8', from, to);
    return this.#text.slice(from - this.#textStart, to - this.#textStart);
  }

  #find(byte: number, from: number): number {
    const index = this.#bytes.indexOf(byte, from);
    return index === -1 || index >= this.#end ? NONE : index;
  }
}
