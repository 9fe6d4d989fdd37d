import type { RecordMetadata, SourceRecord, SourceTask } from '@tributary/connect-api';
import { FencedError, type TransactionStream } from '@tributary/kafka-client';
import type { Logger, TaskCounters } from '@tributary/observability';
import { TimeoutError, within } from '../../timing/within.js';
import { OffsetNotes, type OffsetEntry } from '../offset-notes.js';
import { partitionKey } from '../partition-key.js';
import { RecordConfirmations } from '../record-confirmations.js';
import { SourceBatch } from '../source-batch.js';
import type { SourceDelivery } from '../source-delivery.js';
import type { TaskOffsets } from '../task-offsets.js';
import { commitFailure, sendFailure } from './delivery-failure.js';
import type { TransactionEnd } from './requested-boundaries.js';
import type { TransactionBoundary } from './transaction-boundary.js';

/** How long an open transaction may take to be aborted at the end, milliseconds. */
const ABORT_LIMIT_MS = 5_000;

export interface ExactlyOnceOptions {
  readonly taskName: string;
  readonly task: SourceTask;
  readonly stream: TransactionStream;
  readonly offsets: TaskOffsets;
  readonly boundary: TransactionBoundary;
  /** Sees to it that producers of earlier tasks of the connector are fenced. */
  readonly fenceZombies: () => Promise<void>;
  /** Rejects where the task should not run any more. */
  readonly checkOwnership: () => Promise<void>;
  /** Resolves when all records that failed so far can be found again, rejects where one cannot. */
  readonly reportsDone: () => Promise<void>;
  /** how long that may take: as long as a transaction may stay open, milliseconds */
  readonly reportsMs: number;
  /** the same once the task is to stop */
  readonly lastReportsMs: number;
  readonly stopping: AbortSignal;
  readonly counters: TaskCounters;
  readonly log: Logger;
}

/** Records of which the task is to hear at the end of their transaction. */
interface Unconfirmed {
  readonly records: Pick<SourceBatch, 'sources' | 'leftOut'>;
  readonly metadata: Promise<readonly RecordMetadata[] | undefined>;
}

/**
 * Records and the offsets that go with them are written in one transaction: both count or neither does, also when the
 * task dies in between. Its producer has a transactional id of its own, so the task that comes after it shuts it out, and
 * what it still writes counts for nothing. Whatever goes wrong fails the task without a commit: the next run begins where
 * the last transaction ended.
 */
export class ExactlyOnceDelivery implements SourceDelivery {
  pending = 0;
  private unconfirmed: Unconfirmed[] = [];
  /** by partition, since the last commit */
  private noted = new Map<string, OffsetEntry>();
  private transactionSize = 0;
  private readonly confirmations: RecordConfirmations;
  private endWait: (() => void) | undefined;
  private cut = false;

  constructor(private readonly options: ExactlyOnceOptions) {
    this.confirmations = new RecordConfirmations(options.task, options.log);
  }

  get failure(): Error | undefined {
    const { stream, taskName } = this.options;
    return stream.failure === undefined ? undefined : sendFailure(taskName, stream.failure);
  }

  /** A task that was stopped meanwhile must not take the id over: it might shut out its own successor. */
  async open(): Promise<void> {
    const { stream, offsets, stopping, fenceZombies, checkOwnership } = this.options;
    await fenceZombies();
    if (stopping.aborted) return;
    await stream.open();
    await checkOwnership();
    await offsets.open();
  }

  begin(): void {
    this.options.boundary.begin();
  }

  pieceEnd(records: readonly SourceRecord[], start: number, limit: number): number {
    const { boundary } = this.options;
    for (let index = start; index < limit; index++) {
      const record = records[index];
      if (record !== undefined && boundary.endsAt(record)) return index + 1;
    }
    return limit;
  }

  batch(size: number): SourceBatch {
    return new SourceBatch(new OffsetNotes(size), this.confirmations.wanted, false);
  }

  async send(batch: SourceBatch, last: SourceRecord | undefined): Promise<void> {
    const { stream, boundary } = this.options;
    const { wanted } = this.confirmations;
    const { sources, leftOut, outgoing, offsets } = batch;
    const metadata =
      outgoing.length === 0
        ? Promise.resolve(undefined)
        : stream.send(outgoing, wanted ? { metadata: true } : undefined);
    // The stream keeps the failure.
    metadata.catch(() => undefined);
    this.pending += offsets.size;
    this.transactionSize += outgoing.length;
    if (wanted) this.unconfirmed.push({ records: { sources, leftOut }, metadata });
    for (const entry of offsets.entries()) this.noted.set(partitionKey(entry[0]), entry);
    await this.unlessHurried(stream.ready());
    if (last !== undefined) await this.end(boundary.afterRecord(last));
  }

  polled(): Promise<void> {
    return this.end(this.options.boundary.afterPoll());
  }

  idle(): Promise<void> {
    return this.end(this.options.boundary.afterNothing());
  }

  rest(): Promise<void> {
    return this.end(this.options.boundary.atEnd());
  }

  hurry(): void {
    this.endWait?.();
  }

  async finish(failed: boolean): Promise<void> {
    if (failed || this.cut || this.failure !== undefined) return;
    try {
      await this.end(this.options.boundary.atEnd());
    } catch (error) {
      this.options.log.error({ err: error }, 'the last transaction could not be committed; its records are read again');
    }
  }

  /** A transaction that is left open is aborted: readers of its topics would wait until it times out. */
  async close(): Promise<void> {
    const { stream, offsets, log } = this.options;
    if (!this.cut && !(stream.failure instanceof FencedError)) {
      await within(stream.abort(), ABORT_LIMIT_MS, () => `not done within ${ABORT_LIMIT_MS} ms`).catch(
        (error: unknown) => log.warn({ err: error }, 'the open transaction could not be aborted; it will time out'),
      );
    }
    await Promise.all([stream.close(), offsets.close()]);
  }

  async abandon(): Promise<void> {
    this.cut = true;
    await this.options.stream.close();
  }

  private async end(how: TransactionEnd | undefined): Promise<void> {
    if (how === undefined || this.cut) return;
    // Dead letters have a producer of their own: they are there before the offsets that pass them.
    await this.reported();
    if (how === 'abort') await this.abort();
    if (this.noted.size > 0 || this.transactionSize > 0) await this.commit();
    else await this.confirm();
  }

  /** Fails the task where reports are too late: its transaction would be over, or its time to stop. */
  private async reported(): Promise<void> {
    const { reportsDone, reportsMs, lastReportsMs, stopping, taskName, counters } = this.options;
    const late = (ms: number) => () => `reports of failed records were not safe within ${ms} ms`;
    const safe = reportsDone();
    try {
      await within(this.unlessHurried(safe), reportsMs, late(reportsMs));
      if (stopping.aborted) await within(safe, lastReportsMs, late(lastReportsMs));
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
      counters.commitFailures++;
      throw commitFailure(taskName, error);
    }
  }

  /** The records count for nothing; their offsets stay noted, so that the task is not given them again. */
  private async abort(): Promise<void> {
    const { stream, taskName, log } = this.options;
    if (this.failure !== undefined) throw this.failure;
    log.info(`a transaction of ${this.transactionSize} records is aborted as the connector asked`);
    try {
      await stream.abort();
    } catch (error) {
      throw commitFailure(taskName, error);
    }
    this.transactionSize = 0;
  }

  private async commit(): Promise<void> {
    const { stream, offsets, taskName } = this.options;
    const began = performance.now();
    try {
      await offsets.writeBy([...this.noted.values()], async (records) => {
        if (records.length > 0) stream.send(records).catch(() => undefined);
        await stream.commit();
      });
    } catch (error) {
      this.options.counters.commitFailures++;
      throw commitFailure(taskName, error);
    }
    this.count(performance.now() - began);
    this.noted = new Map();
    this.transactionSize = 0;
    await this.confirm();
    await this.tellCommitted();
  }

  private count(tookMs: number): void {
    const { counters } = this.options;
    const size = this.transactionSize;
    counters.commits++;
    counters.commitMs += tookMs;
    counters.recordsWritten += size;
    counters.smallestTransaction = counters.transactions === 0 ? size : Math.min(counters.smallestTransaction, size);
    counters.largestTransaction = Math.max(counters.largestTransaction, size);
    counters.transactions++;
    counters.transactionRecords += size;
  }

  private async confirm(): Promise<void> {
    const unconfirmed = this.unconfirmed;
    this.unconfirmed = [];
    this.pending = 0;
    for (const { records, metadata } of unconfirmed) {
      await this.confirmations.confirm(records, await metadata.catch(() => undefined));
    }
  }

  private async tellCommitted(): Promise<void> {
    try {
      await this.options.task.commit?.();
    } catch (error) {
      this.options.log.error({ err: error }, "the task's commit() failed; its transaction is committed all the same");
    }
  }

  /** Waits for that, or until the task is to stop. */
  private unlessHurried(work: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.endWait = resolve;
      work.then(resolve, reject);
      if (this.options.stopping.aborted) resolve();
    });
  }
}
