/**
 * Watches one thread's counter from the main thread. Time counts only in the steps in which the main thread itself was
 * awake: when the whole process slept (a suspended laptop, a paused container), nobody is blamed for it.
 */
export class Heartbeat {
  readonly counter = new Int32Array(new SharedArrayBuffer(4));
  readonly beatMs: number;
  #seen = 0;
  #silentMs = 0;

  constructor(readonly unresponsiveMs: number) {
    this.beatMs = Math.min(500, Math.max(20, Math.floor(unresponsiveMs / 10)));
  }

  /** Looks at the counter; `elapsedMs` is the time since the last look. */
  look(elapsedMs: number): void {
    const now = Atomics.load(this.counter, 0);
    this.#silentMs = now === this.#seen ? this.#silentMs + Math.min(elapsedMs, 2 * this.beatMs) : 0;
    this.#seen = now;
  }

  /** The event loop has not turned for too long. */
  get unresponsive(): boolean {
    return this.#silentMs >= this.unresponsiveMs;
  }

  /** Some beats are missing: something blocks the event loop now, perhaps not for long. */
  get faltering(): boolean {
    return this.#silentMs > 3 * this.beatMs;
  }
}
