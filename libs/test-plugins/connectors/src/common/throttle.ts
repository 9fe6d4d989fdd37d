import { setTimeout } from 'node:timers/promises';

/** Shorter sleeps than this are saved up: a timer cannot make them. */
const SHORTEST_MS = 2;
const IDLE_MS = 2_000;

/**
 * Holds a source back to a number of records a second: whoever is ahead of it sleeps as long as one record takes, each
 * time it asks. Negative: never; 0: after the first record nothing more goes.
 */
export class Throttle {
  private readonly startMs: number;
  private owedMs = 0;

  constructor(
    private readonly perSecond: number,
    private readonly signal: AbortSignal,
    private readonly now: () => number = Date.now,
  ) {
    this.startMs = now();
  }

  /** Resolves, after a sleep if need be, with whether the next records may go. `sent` is the count since the start. */
  async admits(sent: number): Promise<boolean> {
    if (!this.isAhead(sent)) return true;
    if (this.perSecond === 0) return this.idle();
    this.owedMs += 1000 / this.perSecond;
    if (this.owedMs < SHORTEST_MS) return true;
    await sleep(this.owedMs, this.signal);
    this.owedMs = 0;
    return !this.signal.aborted;
  }

  /** The pause of a source that has nothing more to say; it answers false, the words for 'not now'. */
  async idle(): Promise<false> {
    await sleep(IDLE_MS, this.signal);
    return false;
  }

  private isAhead(sent: number): boolean {
    const seconds = (this.now() - this.startMs) / 1000;
    return this.perSecond >= 0 && seconds > 0 && sent / seconds > this.perSecond;
  }
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  try {
    await setTimeout(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
