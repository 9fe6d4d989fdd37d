import type { TopicPartition } from '@tributary/connect-api';
import { loggerFor } from '@tributary/observability';
import type { ClientProperties, TopicReader, TopicReaderOptions } from '../api.js';
import { delay } from '../connection/delay.js';
import { KafkaConnection } from '../connection/kafka-connection.js';
import { KafkaError } from '../errors.js';
import { fetchSettings, type FetchSettings } from '../fetch/fetch-settings.js';
import { Fetcher } from '../fetch/fetcher.js';
import { listOffsets, type OffsetPlace } from '../fetch/list-offsets.js';
import { PropertyReader } from '../properties/property-reader.js';
import { SharedLookup } from './shared-lookup.js';

const log = loggerFor('kafka.reader');

/** How many records are decoded for one call of `onRecords`. */
const RECORDS_PER_CALL = 2000;

/** Somebody who waits until reading has come to these offsets. */
interface Waiter {
  /** by partition number */
  ends: Map<number, number>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * A {@link TopicReader} on a {@link Fetcher}. What is there is handed over as it comes in; readers to the end wait until
 * all partitions have passed the end offsets that were looked up after their call. With read_committed, too, that is the
 * end of all records: a transaction's marker may be written after its producer was told that it is committed, and whoever
 * has committed must find it. So an undecided transaction is waited for.
 *
 * Where the topic no longer has the offset that is to be read (it was truncated, or deleted and made anew), reading
 * starts again from the beginning, and those who wait for an end wait for the new one.
 */
export class KafkaTopicReader implements TopicReader {
  private readonly settings: FetchSettings;
  private readonly connection: KafkaConnection;
  private readonly fetcher: Fetcher;
  private readonly startLimitMs: number;
  private readonly stopping = new AbortController();
  private readonly ends: SharedLookup<Map<number, number>>;
  private readonly waiters = new Set<Waiter>();
  private partitions: TopicPartition[] = [];
  private reportedFailure: string | undefined;

  constructor(
    properties: ClientProperties,
    private readonly options: TopicReaderOptions,
  ) {
    this.settings = { ...fetchSettings(properties), isolation: options.isolation };
    this.startLimitMs = new PropertyReader(properties).integer('default.api.timeout.ms', 60_000);
    this.connection = new KafkaConnection(properties);
    this.ends = new SharedLookup(() => this.lookUp('latest'));
    this.fetcher = new Fetcher(this.connection, this.settings, {
      available: () => this.drain(),
      outOfRange: ({ partition, offset }) => void this.startAgain(partition, offset),
      failed: (error) => this.report(error),
    });
  }

  async start(): Promise<void> {
    const { topic } = this.options;
    const deadline = performance.now() + this.startLimitMs;
    const count = await this.retrying(() => this.connection.partitionCount(topic), deadline);
    this.partitions = Array.from({ length: count }, (_, partition) => ({ topic, partition }));
    const starts = await this.lookUp('earliest', deadline);
    this.fetcher.assign([...starts].map(([partition, offset]) => ({ topic, partition, offset })));
    this.fetcher.pump();
    await this.readToEnd();
  }

  async readToEnd(): Promise<void> {
    const ends = await this.ends.get();
    await new Promise<void>((resolve, reject) => {
      if (this.stopping.signal.aborted) {
        reject(this.stopping.signal.reason);
        return;
      }
      this.waiters.add({ ends: new Map(ends), resolve, reject });
      this.release();
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort(this.stoppedError());
    this.fetcher.close();
    for (const waiter of this.waiters) waiter.reject(this.stoppedError());
    this.waiters.clear();
    await this.connection.close();
  }

  private drain(): void {
    try {
      while (!this.stopping.signal.aborted && this.fetcher.hasReady) {
        const records = this.fetcher.take(RECORDS_PER_CALL);
        if (records.length > 0) this.options.onRecords(records);
      }
    } catch (error) {
      this.fail(error);
      return;
    }
    this.reportedFailure = undefined;
    this.release();
  }

  /** A batch that cannot be read, or a receiver that throws: nothing after it can be handed over in order. */
  private fail(error: unknown): void {
    log.error({ topic: this.options.topic, err: error }, 'reading the topic has ended');
    this.fetcher.close();
    const reason = error instanceof Error ? error : new Error(String(error));
    for (const waiter of this.waiters) waiter.reject(reason);
    this.waiters.clear();
    this.stopping.abort(reason);
  }

  private release(): void {
    for (const waiter of this.waiters) {
      for (const [partition, end] of waiter.ends) {
        if (this.fetcher.position({ topic: this.options.topic, partition }) >= end) waiter.ends.delete(partition);
      }
      if (waiter.ends.size > 0) continue;
      this.waiters.delete(waiter);
      waiter.resolve();
    }
  }

  private async startAgain(partition: number, offset: number): Promise<void> {
    const { topic } = this.options;
    try {
      const start = (await this.lookUp('earliest')).get(partition) ?? 0;
      const ends = await this.lookUp('latest');
      if (this.stopping.signal.aborted) return;
      log.warn(
        { topic, partition, offset, start },
        'the topic no longer has this offset, reading again from its start',
      );
      for (const waiter of this.waiters) {
        if (waiter.ends.has(partition)) waiter.ends.set(partition, ends.get(partition) ?? 0);
      }
      this.fetcher.seek({ topic, partition, offset: start });
      this.release();
    } catch (error) {
      if (!this.stopping.signal.aborted) this.fail(error);
    }
  }

  /** By partition number; tries until it succeeds, the reader is stopped or the deadline has passed. */
  private async lookUp(place: OffsetPlace, deadline = Infinity): Promise<Map<number, number>> {
    const attempt = () => listOffsets(this.connection, this.partitions, place, 'read_uncommitted');
    const found = await this.retrying(attempt, deadline);
    return new Map(found.map(({ partition, offset }) => [partition, offset]));
  }

  private async retrying<T>(attempt: () => Promise<T>, deadline: number): Promise<T> {
    for (;;) {
      this.stopping.signal.throwIfAborted();
      try {
        return await attempt();
      } catch (error) {
        this.stopping.signal.throwIfAborted();
        if (!(error instanceof KafkaError) || !error.retriable || performance.now() > deadline) throw error;
        await delay(this.settings.retryBackoffMs, this.stopping.signal);
      }
    }
  }

  /** Once for each kind of failure until something is read again. */
  private report(error: KafkaError): void {
    const kind = error.kafkaCode ?? error.message;
    if (kind === this.reportedFailure) return;
    this.reportedFailure = kind;
    log.error({ topic: this.options.topic, err: error }, 'the topic cannot be read, trying again');
  }

  private stoppedError(): KafkaError {
    return new KafkaError(`reading topic ${this.options.topic}: the reader was stopped`, { retriable: false });
  }
}
