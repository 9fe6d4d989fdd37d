import { MB } from './memory-guard.js';

/**
 * Tells when a thread that does not answer may be eating memory: the process has grown by half of what the thread may
 * use since it last answered. Other threads grow too, so this is only a reason to look closer.
 */
export class GrowthWatch {
  #baseBytes: number | undefined;

  constructor(private readonly limitMb: number) {}

  /** `residentBytes`: of the whole process. */
  suspicious(answering: boolean, residentBytes: number): boolean {
    if (answering || this.#baseBytes === undefined) {
      this.#baseBytes = residentBytes;
      return false;
    }
    if (residentBytes - this.#baseBytes < (this.limitMb / 2) * MB) return false;
    this.#baseBytes = residentBytes;
    return true;
  }
}
