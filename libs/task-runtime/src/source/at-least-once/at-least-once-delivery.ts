import type { SourceRecord } from '@tributary/connect-api';
import type { Producer } from '@tributary/kafka-client';
import type { Logger } from '@tributary/observability';
import { within } from '../../timing/within.js';
import type { SourceBatch } from '../source-batch.js';
import type { SourceDelivery } from '../source-delivery.js';
import type { TaskOffsets } from '../task-offsets.js';
import type { OffsetCommitter } from './offset-committer.js';
import type { OffsetTracker } from './offset-tracker.js';
import type { SourceSender } from './source-sender.js';

export interface AtLeastOnceOptions {
  readonly producer: Producer;
  readonly sender: SourceSender;
  readonly tracker: OffsetTracker;
  readonly committer: OffsetCommitter;
  readonly offsets: TaskOffsets;
  /** how long the last records may take to be acknowledged, milliseconds */
  readonly lastFlushMs: number;
  readonly log: Logger;
}

/**
 * Records go to Kafka as they come, offsets behind them every so often: after a crash what was not committed is read
 * again. However the task ends, what was sent is waited for and its offsets are committed.
 */
export class AtLeastOnceDelivery implements SourceDelivery {
  constructor(private readonly options: AtLeastOnceOptions) {}

  get failure(): Error | undefined {
    return this.options.sender.failure;
  }

  get pending(): number {
    return this.options.tracker.pending;
  }

  open(): Promise<void> {
    return this.options.offsets.open();
  }

  begin(): void {
    this.options.committer.start();
  }

  pieceEnd(_records: readonly SourceRecord[], _start: number, limit: number): number {
    return limit;
  }

  batch(size: number): SourceBatch {
    return this.options.sender.batch(size);
  }

  send(batch: SourceBatch): Promise<void> {
    return this.options.sender.send(batch);
  }

  async polled(): Promise<void> {}

  async idle(): Promise<void> {}

  async rest(): Promise<void> {}

  hurry(): void {
    this.options.sender.hurry();
  }

  async finish(): Promise<void> {
    const { producer, sender, committer, lastFlushMs, log } = this.options;
    committer.stop();
    const acknowledged = producer.flush().then(() => sender.drained());
    await within(
      acknowledged,
      lastFlushMs,
      () => `not all were acknowledged within ${lastFlushMs} ms; they are read again later`,
    ).catch((error: unknown) =>
      log.error({ err: error }, 'waiting for the last records to be acknowledged failed while the task was stopping'),
    );
    await committer.commit();
  }

  async close(): Promise<void> {
    const { producer, committer, offsets } = this.options;
    committer.stop();
    await Promise.all([producer.close(0), offsets.close()]);
  }

  async abandon(): Promise<void> {
    this.options.committer.stop();
    await this.options.producer.close(0);
  }
}
