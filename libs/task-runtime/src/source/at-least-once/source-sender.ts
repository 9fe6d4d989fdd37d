import { ConnectError, type RecordMetadata, type SourceRecord, type SourceTask } from '@tributary/connect-api';
import { SendError, type Producer, type SendFailure } from '@tributary/kafka-client';
import type { Logger, TaskCounters } from '@tributary/observability';
import { RecordConfirmations } from '../record-confirmations.js';
import { SourceBatch } from '../source-batch.js';
import type { OffsetTracker } from './offset-tracker.js';

export interface SourceSenderOptions {
  readonly producer: Producer;
  readonly tracker: OffsetTracker;
  readonly task: SourceTask;
  /** whether a record that Kafka refuses for good is skipped (errors.tolerance=all) */
  readonly tolerant: boolean;
  /** told of each refused record that is skipped */
  readonly refused: (record: SourceRecord, error: Error) => Promise<void>;
  /** resolves when all records that failed so far can be found again, rejects where one cannot */
  readonly reportsDone: () => Promise<void>;
  readonly counters: TaskCounters;
  readonly log: Logger;
}

/**
 * Sends batches without waiting for their acknowledgement and settles them one after the other, in the order in which
 * they were sent: reports of what failed, `commitRecord`, then the tracker.
 */
export class SourceSender {
  /** what Kafka refused for good; the task must fail with it */
  failure: Error | undefined;
  private readonly keepSources: boolean;
  private readonly confirmations: RecordConfirmations;
  private settled: Promise<void> = Promise.resolve();
  private hurried = false;
  private endWait: (() => void) | undefined;

  constructor(private readonly options: SourceSenderOptions) {
    this.confirmations = new RecordConfirmations(options.task, options.log);
    this.keepSources = this.confirmations.wanted || options.tolerant;
  }

  batch(size: number): SourceBatch {
    return new SourceBatch(this.options.tracker.submit(size), this.keepSources);
  }

  /** Resolves when the producer has taken the batch and has room for more. */
  async send(batch: SourceBatch): Promise<void> {
    const { producer } = this.options;
    const sent =
      batch.outgoing.length === 0
        ? Promise.resolve(undefined)
        : producer.send(batch.outgoing, this.confirmations.wanted ? { metadata: true } : undefined);
    const outcome = sent.then(
      (metadata) => ({ metadata, error: undefined }),
      (error: unknown) => ({ metadata: error instanceof SendError ? error.metadata : undefined, error }),
    );
    this.settled = this.settled.then(async () => {
      const { metadata, error } = await outcome;
      await this.settle(batch, metadata, error);
    });
    await this.roomOrHurry();
  }

  /** Ends a wait for room: the task is to stop, what it sent is all that there will be. */
  hurry(): void {
    this.hurried = true;
    this.endWait?.();
  }

  /** Resolves when everything sent so far is settled. */
  drained(): Promise<void> {
    return this.settled;
  }

  private roomOrHurry(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.endWait = resolve;
      this.options.producer.ready().then(resolve, reject);
      if (this.hurried) resolve();
    });
  }

  private async settle(
    batch: SourceBatch,
    metadata: readonly (RecordMetadata | undefined)[] | undefined,
    error: unknown,
  ): Promise<void> {
    if (this.failure !== undefined) return;
    const { tolerant, tracker, counters } = this.options;
    let failures: readonly SendFailure[] = [];
    if (error !== undefined) {
      failures = error instanceof SendError ? error.failures : [];
      if (!tolerant || failures.length === 0) {
        const cause = failures[0]?.error ?? error;
        this.failure = new ConnectError('Unrecoverable exception from producer send callback', { cause });
        return;
      }
    }
    const failed = new Map(failures.map((failure) => [failure.index, failure.error]));
    try {
      for (const [index, refusal] of failed) {
        const source = batch.sources?.[index];
        if (source !== undefined) await this.options.refused(source, refusal);
      }
      await this.options.reportsDone();
    } catch (lost) {
      this.failure = lost instanceof Error ? lost : new ConnectError(String(lost));
      return;
    }
    await this.confirmations.confirm(batch, metadata, failed);
    counters.recordsWritten += batch.outgoing.length - failed.size;
    tracker.acknowledge(batch.offsets);
  }
}
