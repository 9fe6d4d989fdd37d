import {
  IllegalStateError,
  Schemas,
  sourceRecord,
  type Props,
  type SourceRecord,
  type SourceTask,
  type SourceTaskContext,
} from '@tributary/connect-api';
import { parseBoolean, parseInteger, parseLong, storedNumber } from '../common/numbers.js';
import { Throttle } from '../common/throttle.js';

/**
 * Sends 1, 2, 3 ... up to `max.messages` (no end) to `topic` (`sequential-topic`), `messages.per.poll` (1) at a time;
 * before each batch that comes too early for `throughput` (none) it sleeps as long as one record takes. A record is
 * `key-<task.id>-7`, `value-<task.id>-7` and a header `header-7` with the number. Source partition
 * `{"task.id":"<task.id>"}`, offset `{"saved":7}`.
 *
 * Where it may say so its transactions end after records 1, 2, 3, 5, 8, 13 ... (each length is the sum of the two before);
 * those that end at an even number are aborted.
 */
export class TestableSourceTask implements SourceTask {
  static readonly className: string = 'org.apache.kafka.connect.integration.TestableSourceConnector$TestableSourceTask';
  #context: SourceTaskContext | undefined;
  #throttle: Throttle | undefined;
  #taskId = '';
  #topic = '';
  #batchSize = 1;
  #limit = Infinity;
  #first = 0;
  #seqno = 0;
  #priorBoundary = 0;
  #nextBoundary = 1;

  constructor(private readonly now: () => number = Date.now) {}

  version(): string {
    return 'unknown';
  }

  initialize(context: SourceTaskContext): void {
    this.#context = context;
  }

  async start(props: Props): Promise<void> {
    const context = this.#context;
    if (context === undefined) throw new IllegalStateError('start was called before initialize');
    this.#taskId = props['task.id'] ?? '';
    this.#topic = props['topic'] ?? 'sequential-topic';
    this.#batchSize = parseInteger(props['messages.per.poll'] ?? '1');
    const stored = await context.offsetReader.offset({ 'task.id': this.#taskId });
    this.#first = stored === null ? 0 : storedNumber(stored, 'saved');
    this.#seqno = this.#first;
    this.#throttle = new Throttle(parseLong(props['throughput'] ?? '-1'), context.signal, this.now);
    const limit = props['max.messages'];
    this.#limit = limit === undefined ? Infinity : parseLong(limit);
    if (parseBoolean(props[`task-${this.#taskId}.start.inject.error`])) {
      throw new Error('Injecting errors during task start');
    }
    this.#findNextBoundary();
  }

  async poll(): Promise<readonly SourceRecord[] | null> {
    const throttle = this.#throttle;
    if (throttle === undefined) throw new IllegalStateError('poll was called before start');
    const goesOn = this.#seqno < this.#limit ? await throttle.admits(this.#seqno - this.#first) : await throttle.idle();
    if (!goesOn) return null;
    const length = Math.max(0, Math.min(this.#limit - this.#seqno, this.#batchSize));
    return Array.from({ length }, () => {
      const record = this.#next();
      this.#endTransactionAt(record);
      return record;
    });
  }

  stop(): void {}

  #next(): SourceRecord {
    const seqno = ++this.#seqno;
    return sourceRecord({
      sourcePartition: { 'task.id': this.#taskId },
      sourceOffset: { saved: seqno },
      topic: this.#topic,
      keySchema: Schemas.STRING,
      key: `key-${this.#taskId}-${seqno}`,
      valueSchema: Schemas.STRING,
      value: `value-${this.#taskId}-${seqno}`,
      headers: [{ key: `header-${seqno}`, schema: Schemas.INT64, value: seqno }],
    });
  }

  #endTransactionAt(record: SourceRecord): void {
    const transactions = this.#context?.transactionContext;
    if (transactions === undefined || this.#seqno !== this.#nextBoundary) return;
    const aborts = this.#nextBoundary % 2 === 0;
    this.#findNextBoundary();
    if (aborts) transactions.abortTransaction(record);
    else transactions.commitTransaction(record);
  }

  /** The first one after what was sent. */
  #findNextBoundary(): void {
    while (this.#nextBoundary <= this.#seqno) {
      const next = this.#nextBoundary + this.#priorBoundary;
      this.#priorBoundary = this.#nextBoundary;
      this.#nextBoundary = next;
    }
  }
}
