/** A thread as placement sees it. */
export interface PlacementThread {
  /** instances that live in it or are being created */
  readonly load: number;
  /** its one instance must stay alone */
  readonly solo: boolean;
  /** false for a thread that is ending or still carries an abandoned instance */
  readonly open: boolean;
}

/**
 * Where the next instance goes: one instance a thread until `maxThreads`, then the shared thread with the least load. A
 * solo instance gets an empty thread, even one beyond `maxThreads`. undefined: start a thread.
 */
export function place<T extends PlacementThread>(
  threads: readonly T[],
  solo: boolean,
  maxThreads: number,
): T | undefined {
  const empty = threads.find((thread) => thread.open && thread.load === 0);
  if (empty !== undefined || solo) return empty;
  const shared = threads.filter((thread) => thread.open && !thread.solo);
  if (threads.length < maxThreads || shared.length === 0) return undefined;
  return shared.reduce((best, thread) => (thread.load < best.load ? thread : best));
}
