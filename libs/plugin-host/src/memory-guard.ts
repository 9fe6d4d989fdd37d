import { ConnectError } from '@tributary/connect-api';
import { heapBytes, heapBytesAfterCollection } from './heap.js';

/** The heap that a thread may use. */
export interface MemoryLimit {
  readonly mb: number;
  /** the worker property that sets it */
  readonly property: string;
}

export const MB = 1024 * 1024;
/** Full collections are not forced more often, milliseconds; nor do they take more than a tenth of the time. */
const BETWEEN_COLLECTIONS_MS = 1000;

/**
 * The limit that the engine itself enforces, MiB: far above the thread's own, because the engine ends the whole process
 * when a large allocation, such as a growing Map, meets it. The thread's own limit is kept by {@link memoryGuard}, and by
 * the main thread where the thread is too busy to look.
 */
export function hardLimitMb({ mb }: MemoryLimit): number {
  return 2 * mb + 1024;
}

export function outOfMemory({ mb, property }: MemoryLimit, cause?: unknown): Error {
  return new ConnectError(`plugin code ran out of memory: a host thread may use ${mb} MiB (${property})`, { cause });
}

/**
 * Ends a thread when more than its limit is left after a full garbage collection. Returns the function to be called
 * regularly: it is cheap until the heap, garbage included, is above the limit.
 */
export function memoryGuard(limit: MemoryLimit, exceeded: (error: Error) => void): () => void {
  let notBefore = 0;
  return () => {
    const began = performance.now();
    if (began < notBefore || heapBytes() <= limit.mb * MB) return;
    if (heapBytesAfterCollection() > limit.mb * MB) exceeded(outOfMemory(limit));
    const now = performance.now();
    notBefore = now + Math.max(BETWEEN_COLLECTIONS_MS, 10 * (now - began));
  };
}
