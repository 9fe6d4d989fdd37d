/** A flag that one loop waits for. Raising it twice before the loop looks at it counts once. */
export class Signal {
  private raised = false;
  private wake: (() => void) | undefined;

  raise(): void {
    this.raised = true;
    this.wake?.();
  }

  /** Forgets what was raised so far. */
  clear(): void {
    this.raised = false;
  }

  /** Resolves and clears it when it is raised, at once where it is already; or after `timeoutMs`. */
  wait(timeoutMs = Infinity): Promise<void> {
    if (this.raised || timeoutMs <= 0) {
      this.raised = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.wake = undefined;
        this.raised = false;
        resolve();
      };
      const timer = timeoutMs === Infinity ? undefined : setTimeout(done, Math.min(timeoutMs, 2 ** 31 - 1));
      this.wake = done;
    });
  }
}
