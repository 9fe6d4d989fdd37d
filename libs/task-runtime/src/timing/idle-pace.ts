const FIRST_MS = 1;
const LONGEST_MS = 100;
/** A poll that took this long has waited by itself. */
const PATIENT_MS = 5;

/**
 * How long to wait after a poll that brought nothing. A task that waits for data inside `poll` is asked again at once;
 * one that returns at once is asked less and less often, so that an idle task costs no CPU.
 */
export class IdlePace {
  private nextMs = FIRST_MS;

  busy(): void {
    this.nextMs = FIRST_MS;
  }

  /** milliseconds to wait after an empty poll that took `tookMs` */
  pause(tookMs: number): number {
    if (tookMs >= PATIENT_MS) {
      this.nextMs = FIRST_MS;
      return 0;
    }
    const ms = this.nextMs;
    this.nextMs = Math.min(LONGEST_MS, ms * 2);
    return ms;
  }
}
