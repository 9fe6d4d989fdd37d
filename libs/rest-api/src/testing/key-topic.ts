import type { ClusterConfig, ConfigListener, SessionKey } from '@tributary/kafka-storage';

/** The session keys of a config topic, some read already and some not. */
export class KeyTopic {
  refreshes = 0;
  private sessionKey: SessionKey | undefined;
  private unread: SessionKey[] = [];
  private readonly listeners: ConfigListener[] = [];

  constructor(key?: SessionKey) {
    this.sessionKey = key;
  }

  snapshot(): ClusterConfig {
    return { sessionKey: this.sessionKey } as ClusterConfig;
  }

  async refresh(): Promise<void> {
    this.refreshes += 1;
    for (const key of this.unread.splice(0)) this.read(key);
  }

  subscribe(listener: ConfigListener): () => void {
    this.listeners.push(listener);
    return () => undefined;
  }

  /** It arrives by itself. */
  read(key: SessionKey): void {
    this.sessionKey = key;
    for (const listener of this.listeners) listener.sessionKeyChanged?.(key);
  }

  /** It is there, and found at the next refresh. */
  hold(key: SessionKey): void {
    this.unread.push(key);
  }
}

export const keyOf = (text: string): SessionKey => ({ key: Buffer.from(text), algorithm: 'HmacSHA256', createdAt: 0 });
