const SMALLEST = 4096;

/** Keeps the buffers of sent batches for the next ones, so that a busy producer allocates nothing. Sizes are powers of two. */
export class BufferPool {
  private readonly free = new Map<number, Buffer[]>();
  private kept = 0;

  constructor(private readonly keepBytes = 8 * 1024 * 1024) {}

  /** A buffer of at least `size` bytes with anything in it. */
  take(size: number): Buffer {
    let capacity = SMALLEST;
    while (capacity < size) capacity *= 2;
    const reused = this.free.get(capacity)?.pop();
    if (reused === undefined) return Buffer.allocUnsafeSlow(capacity);
    this.kept -= capacity;
    return reused;
  }

  /** Only for a buffer from `take` that nobody reads any more. */
  give(buffer: Buffer): void {
    if (this.kept + buffer.length > this.keepBytes) return;
    const list = this.free.get(buffer.length);
    if (list === undefined) this.free.set(buffer.length, [buffer]);
    else list.push(buffer);
    this.kept += buffer.length;
  }
}
