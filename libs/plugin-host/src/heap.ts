import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

/** What this thread's heap holds, garbage included. */
export function heapBytes(): number {
  return getHeapStatistics().used_heap_size;
}

/** What this thread's heap holds after a full collection, which takes its time. */
export function heapBytesAfterCollection(): number {
  collect ??= garbageCollector();
  collect();
  return heapBytes();
}

/** The engine's own collector, which it shows only to contexts that are made while its flag is set. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  return typeof gc === 'function' ? () => void Reflect.apply(gc, undefined, []) : () => undefined;
}
