import type { ConfigStore, SessionKey } from '@tributary/kafka-storage';

/** The session keys that are good now: the newest, and for a while the one before it, for requests on their way. */
export class SessionKeys {
  private previous: SessionKey | undefined;
  private last: SessionKey | undefined;

  constructor(private readonly store: Pick<ConfigStore, 'snapshot' | 'refresh'>) {}

  /** undefined while no leader has made one */
  current(): SessionKey | undefined {
    const key = this.store.snapshot().sessionKey;
    if (key !== this.last) {
      this.previous = this.last;
      this.last = key;
    }
    return key;
  }

  accepted(): readonly SessionKey[] {
    const current = this.current();
    return [current, this.previous].filter((key) => key !== undefined);
  }

  /** Reads on in the config topic, where a newer key may be waiting. */
  refresh(): Promise<void> {
    return this.store.refresh();
  }
}
