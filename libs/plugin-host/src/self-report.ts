import { heapBytesAfterCollection } from './heap.js';
import { runningInstance } from './instance-context.js';

/** Name of the global symbol under which a host thread answers for itself while it is paused. */
export const SELF_REPORT = 'tributary.plugin-host.self-report';

/** What a paused thread says. */
export interface SelfReport {
  /** whose code runs; undefined: no instance's */
  readonly instance: number | undefined;
  /** undefined if not measured */
  readonly heapBytes: number | undefined;
}

/** Lets the main thread's probe ask this thread. */
export function offerSelfReport(): void {
  const value = (measure: boolean): SelfReport => ({
    instance: runningInstance(),
    heapBytes: measure ? heapBytesAfterCollection() : undefined,
  });
  Object.defineProperty(globalThis, Symbol.for(SELF_REPORT), { value });
}
