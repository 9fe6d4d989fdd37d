import type { TaskCounters } from '../task-counters.js';

/** Rates and averages look back so far, milliseconds: as far as the reference's do by default. */
const WINDOW_MS = 30_000;

interface Sample {
  readonly at: number;
  readonly counters: TaskCounters;
}

/** A counter that only grows. */
export type GrowingCounter = Exclude<
  keyof TaskCounters,
  'kind' | 'lastErrorMs' | 'recordsActive' | 'partitions' | 'smallestTransaction' | 'largestTransaction'
>;

/** The last snapshots of one task's counters. */
export class TaskHistory {
  #samples: Sample[];

  /** The task has begun at `at` (milliseconds), with nothing counted yet. */
  constructor(at: number, zero: TaskCounters) {
    this.#samples = [{ at, counters: zero }];
  }

  add(at: number, counters: TaskCounters): void {
    const samples = this.#samples;
    samples.push({ at, counters });
    // The first one stays just outside of the window, so that differences span all of it.
    while (samples.length > 2 && (samples[1]?.at ?? at) <= at - WINDOW_MS) samples.shift();
  }

  /** Nothing has changed until `at`. */
  still(at: number): void {
    const { at: since, counters } = this.#newest;
    if (since < at - WINDOW_MS) this.add(at - WINDOW_MS, counters);
    if (since < at) this.add(at, counters);
  }

  get last(): TaskCounters {
    return this.#newest.counters;
  }

  /** Growth per second. */
  rate(name: GrowingCounter): number {
    const seconds = (this.#newest.at - this.#oldest.at) / 1000;
    return seconds > 0 ? this.#growth(name) / seconds : 0;
  }

  /** Growth of `name` for each one that `per` grew by; 0 while `per` stands still. */
  mean(name: GrowingCounter, per: GrowingCounter): number {
    const count = this.#growth(per);
    return count > 0 ? this.#growth(name) / count : 0;
  }

  #growth(name: GrowingCounter): number {
    return this.#newest.counters[name] - this.#oldest.counters[name];
  }

  get #oldest(): Sample {
    return this.#at(0);
  }

  get #newest(): Sample {
    return this.#at(-1);
  }

  #at(index: number): Sample {
    const sample = this.#samples.at(index);
    if (!sample) throw new RangeError('a task history is never empty');
    return sample;
  }
}
