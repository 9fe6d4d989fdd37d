/**
 * Watches that `poll` is called within `max.poll.interval.ms`: a consumer that is stuck with its records must not keep
 * its partitions. Time inside a waiting `poll` does not count.
 */
export class PollClock {
  private timer: NodeJS.Timeout | undefined;
  private polledAt = performance.now();
  private waiting = false;

  constructor(
    private readonly intervalMs: number,
    private readonly late: () => void,
  ) {}

  /** Starts watching, from now on. */
  start(): void {
    this.polledAt = performance.now();
    this.watch();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  polled(): void {
    this.polledAt = performance.now();
  }

  async whileWaiting(wait: Promise<void>): Promise<void> {
    this.waiting = true;
    try {
      await wait;
    } finally {
      this.waiting = false;
      this.polled();
    }
  }

  private watch(): void {
    clearTimeout(this.timer);
    const elapsed = this.waiting ? 0 : performance.now() - this.polledAt;
    if (elapsed >= this.intervalMs) {
      this.timer = undefined;
      this.late();
      return;
    }
    this.timer = setTimeout(() => this.watch(), Math.min(this.intervalMs - elapsed + 1, 2 ** 31 - 1));
  }
}
