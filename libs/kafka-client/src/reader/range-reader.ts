import type { TopicPartition } from '@tributary/connect-api';
import type { ClientProperties, IncomingRecord, OffsetRange, RangeReader } from '../api.js';
import { KafkaConnection } from '../connection/kafka-connection.js';
import { KafkaError } from '../errors.js';
import { fetchSettings } from '../fetch/fetch-settings.js';
import { Fetcher } from '../fetch/fetcher.js';

/**
 * A {@link RangeReader} on a {@link Fetcher}: a partition rests as soon as its range is read, and the reader is done when
 * all of them rest. An offset that the topic does not have any more, and any refusal, ends reading with an error.
 */
export class KafkaRangeReader implements RangeReader {
  private readonly connection: KafkaConnection;
  private readonly fetcher: Fetcher;
  /** what is not read to its end */
  private readonly open: Map<string, OffsetRange>;
  private failure: Error | undefined;
  private wake: () => void = () => undefined;

  constructor(properties: ClientProperties, ranges: readonly OffsetRange[]) {
    this.connection = new KafkaConnection(properties);
    this.fetcher = new Fetcher(this.connection, fetchSettings(properties), {
      available: () => this.wake(),
      outOfRange: ({ topic, partition, offset }) =>
        this.fail(new KafkaError(`${topic}-${partition} has no offset ${offset} any more`, { retriable: false })),
      failed: (error) => this.fail(error),
    });
    const filled = ranges.filter(({ start, end }) => start < end);
    this.open = new Map(filled.map((range) => [nameOf(range), range]));
    this.fetcher.assign(filled.map(({ topic, partition, start }) => ({ topic, partition, offset: start })));
  }

  async read(max: number, signal: AbortSignal): Promise<readonly IncomingRecord[]> {
    this.fetcher.pump();
    for (;;) {
      signal.throwIfAborted();
      const records = this.failure === undefined ? this.take(max) : [];
      if (records.length > 0) return records;
      if (this.failure !== undefined) throw this.failure;
      if (this.open.size === 0) return [];
      if (!this.fetcher.hasReady) await this.more(signal);
    }
  }

  async close(): Promise<void> {
    this.fetcher.close();
    this.fail(new KafkaError('the reader was closed', { retriable: false }));
    await this.connection.close();
  }

  private take(max: number): IncomingRecord[] {
    const wanted = this.fetcher.take(max).filter((record) => record.offset < (this.open.get(nameOf(record))?.end ?? 0));
    for (const [name, range] of this.open) {
      if (this.fetcher.position(range) < range.end) continue;
      this.open.delete(name);
      this.fetcher.pause(range);
    }
    return wanted;
  }

  private more(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.wake = () => {
        signal.removeEventListener('abort', this.wake);
        resolve();
      };
      signal.addEventListener('abort', this.wake);
    });
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.wake();
  }
}

const nameOf = ({ topic, partition }: TopicPartition): string => `${partition} ${topic}`;
