/**
 * Watches one thread's counter from the main thread. Time counts only in the steps in which the main thread itself was
 * awake: when the whole process slept (a suspended laptop, a paused container), nobody is blamed for it.
 */
export class Heartbeat {
  readonly counter = new Int32Array(new SharedArrayBuffer(4));
  /** the thread raises the counter so often, and the main thread looks so often, milliseconds */
  readonly beatMs: number;
  #seen = 0;
  #silentMs = 0;
  #lookedAt: number;

  constructor(
    readonly unresponsiveMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.beatMs = beatMsOf(unresponsiveMs);
    this.#lookedAt = now();
  }

  look(): void {
    const now = this.now();
    const elapsedMs = Math.min(now - this.#lookedAt, 2 * this.beatMs);
    const count = Atomics.load(this.counter, 0);
    this.#silentMs = count === this.#seen ? this.#silentMs + elapsedMs : 0;
    this.#seen = count;
    this.#lookedAt = now;
  }

  /** As of the last look, the event loop has not turned for too long. */
  get unresponsive(): boolean {
    return this.#silentMs >= this.unresponsiveMs;
  }

  /** As of the last look, beats are missing: something blocks the event loop, perhaps not for long. */
  get faltering(): boolean {
    return this.#silentMs > 2.5 * this.beatMs;
  }
}

export function beatMsOf(unresponsiveMs: number): number {
  return Math.min(100, Math.max(20, Math.floor(unresponsiveMs / 10)));
}
