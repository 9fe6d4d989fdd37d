/** A flag that one loop waits for. Raising it twice before it is looked at counts once. */
export class Signal {
  private raised = false;
  private wake: (() => void) | undefined;

  raise(): void {
    this.raised = true;
    this.wake?.();
  }

  clear(): void {
    this.raised = false;
  }

  get isRaised(): boolean {
    return this.raised;
  }

  /** Resolves when it is raised, at once where it is already. */
  wait(): Promise<void> {
    if (this.raised) return Promise.resolve();
    return new Promise((resolve) => {
      this.wake = () => {
        this.wake = undefined;
        resolve();
      };
    });
  }
}
