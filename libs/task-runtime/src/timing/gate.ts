/** A waiting place: whoever sleeps here goes on when the time is up or when somebody opens it. */
export class Gate {
  private readonly waiting = new Set<() => void>();

  /** Resolves after `ms`, or at the next {@link open}. */
  wait(ms = Infinity): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = Number.isFinite(ms) ? setTimeout(wake, ms) : undefined;
      this.waiting.add(wake);
    });
  }

  /** Wakes all who wait now. */
  open(): void {
    for (const wake of this.waiting) wake();
  }
}
