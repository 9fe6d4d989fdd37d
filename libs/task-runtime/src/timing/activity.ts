import type { Stall, StallPlace } from '@tributary/kafka-storage';

/**
 * The calls of a task that are under way: its own methods, and the work for which it waits. Waits for records, for the
 * time of the next poll and for the end of a pause are none. Costs a few objects for each batch, none for each record.
 */
export class Activity {
  /** in the order in which they began */
  readonly #calls = new Set<Stall>();
  #stalled: Stall | undefined;

  /** `now`: milliseconds since the epoch */
  constructor(private readonly now: () => number = Date.now) {}

  async during<T>(place: StallPlace, work: () => T | Promise<T>): Promise<T> {
    const call: Stall = { since: this.now(), in: place };
    this.#calls.add(call);
    try {
      return await work();
    } finally {
      this.#calls.delete(call);
    }
  }

  /**
   * A call that has taken `limitMs` or longer: the same object for as long as it is under way; of several the innermost.
   */
  stalled(limitMs: number): Stall | undefined {
    if (this.#stalled !== undefined && this.#calls.has(this.#stalled)) return this.#stalled;
    const begunBefore = this.now() - limitMs;
    this.#stalled = [...this.#calls].findLast(({ since }) => since <= begunBefore);
    return this.#stalled;
  }
}
