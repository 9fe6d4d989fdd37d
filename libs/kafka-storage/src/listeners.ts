import type { Logger } from '@tributary/observability';

/** Listeners of a store. One that throws is logged and harms neither the others nor the store. */
export class Listeners<T> {
  private readonly members = new Set<{ readonly listener: T }>();

  constructor(private readonly log: Pick<Logger, 'error'>) {}

  /** Returns what removes it again. */
  add(listener: T): () => void {
    const member = { listener };
    this.members.add(member);
    return () => void this.members.delete(member);
  }

  each(call: (listener: T) => void): void {
    for (const { listener } of this.members) {
      try {
        call(listener);
      } catch (error) {
        this.log.error({ err: error }, 'a listener failed');
      }
    }
  }
}
