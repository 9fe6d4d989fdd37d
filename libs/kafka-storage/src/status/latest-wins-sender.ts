import { ConnectError } from '@tributary/connect-api';
import { SendError, type Producer } from '@tributary/kafka-client';
import type { Clock } from '../clock.js';

const RETRY_PAUSE_MS = 1_000;

/**
 * Sends keyed records of which only the newest counts. Where Kafka cannot take one for a while, it is sent again until it
 * goes through, unless a newer one of the same key has been handed over since: then the older one counts as done. So an
 * older record never lands behind a newer one, and a status is not lost to a broker's restart.
 */
export class LatestWinsSender {
  /** by key: the number of its newest record */
  private readonly newest = new Map<string, number>();
  private sent = 0;
  private stopped = false;

  constructor(
    private readonly producer: Pick<Producer, 'send'>,
    private readonly topic: string,
    private readonly clock: Clock,
  ) {}

  /**
   * Resolves when the record or a newer one of its key is in Kafka. `mayWrite` is asked before each attempt; where it says
   * no, the record is left out. Rejects where Kafka refuses the record for good.
   */
  async send(key: string, value: string | null, mayWrite: () => boolean = () => true): Promise<void> {
    if (!mayWrite()) return;
    const number = ++this.sent;
    this.newest.set(key, number);
    try {
      while (this.newest.get(key) === number && mayWrite()) {
        if (await this.attempt(key, value)) return;
        await this.clock.sleep(RETRY_PAUSE_MS);
      }
    } finally {
      if (this.newest.get(key) === number) this.newest.delete(key);
    }
  }

  /** What is still to be sent again is given up. */
  stop(): void {
    this.stopped = true;
  }

  private async attempt(key: string, value: string | null): Promise<boolean> {
    if (this.stopped) throw new ConnectError('the store was stopped before Kafka took the record');
    try {
      await this.producer.send([
        { topic: this.topic, partition: null, key, value, headers: undefined, timestamp: null },
      ]);
      return true;
    } catch (error) {
      const cause: unknown = error instanceof SendError ? error.failures[0]?.error : error;
      if (cause instanceof Error && 'retriable' in cause && cause.retriable === true) return false;
      throw error;
    }
  }
}
