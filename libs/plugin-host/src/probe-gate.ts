/**
 * Keeps probes of threads and ends of threads apart: the debugger looks at all threads, and an end while it does so can bring
 * the whole process down (a segmentation fault in Node 20). Ends go on side by side, probes one at a time and while nothing
 * ends; who comes later waits for those before, so neither waits for ever. Work must end; what it rejects with is the caller's.
 */
export class ProbeGate {
  /** resolves when the last probe that was asked for is over */
  #probes: Promise<unknown> = Promise.resolve();
  /** resolves when all ends that were asked for are over */
  #ends: Promise<unknown> = Promise.resolve();

  end<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#probes.then(work);
    this.#ends = Promise.allSettled([this.#ends, done]).then(() => undefined);
    return done;
  }

  probe<T>(work: () => Promise<T>): Promise<T> {
    const done = Promise.all([this.#probes, this.#ends]).then(work);
    this.#probes = done.catch(() => undefined);
    return done;
  }
}
