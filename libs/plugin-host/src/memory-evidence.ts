import type { Finding } from './culprit-probe.js';
import { MB } from './memory-guard.js';

/**
 * Tells who eats the memory of a thread that does not answer, from what it is found doing. A heap above its limit and one's
 * code running prove nothing: it may be a neighbour that is merely late, while what fills the heap was left by another. Who
 * is found twice in one silence, and the heap has grown by a tenth of its limit between, is the one.
 */
export class MemoryEvidence {
  #before: Finding | undefined;

  constructor(private readonly limitMb: number) {}

  /** Whether the `finding`, together with the one before it, says that its instance has used up the memory. */
  proves(finding: Finding): boolean {
    const { heapBytes, instance } = finding;
    if (heapBytes === undefined || heapBytes <= this.limitMb * MB) return false;
    const before = this.#before;
    if (before?.heapBytes === undefined || before.instance !== instance) {
      this.#before = finding;
      return false;
    }
    return heapBytes - before.heapBytes >= (this.limitMb / 10) * MB;
  }

  /** The thread has answered: what it does from now on may be anybody's. */
  forget(): void {
    this.#before = undefined;
  }
}
