import { IllegalStateError, type SourceRecord, type TransactionContext } from '@tributary/connect-api';

/** How a transaction is to end. */
export type TransactionEnd = 'commit' | 'abort';

/** Collects what a task asks of its transactions until the records in question have been sent. */
export class RequestedBoundaries implements TransactionContext {
  private readonly commits = new Set<SourceRecord>();
  private readonly aborts = new Set<SourceRecord>();
  private commitsBatch = false;
  private abortsBatch = false;

  commitTransaction(...place: [record?: SourceRecord]): void {
    if (place.length > 0) this.commits.add(given(place[0]));
    else this.commitsBatch = true;
  }

  abortTransaction(...place: [record?: SourceRecord]): void {
    if (place.length > 0) this.aborts.add(given(place[0]));
    else this.abortsBatch = true;
  }

  /** Whether something is asked for right after this record. */
  has(record: SourceRecord): boolean {
    return (this.commits.size > 0 && this.commits.has(record)) || (this.aborts.size > 0 && this.aborts.has(record));
  }

  /**
   * What is to be done after this record; asked for once. Throws where both were asked for: a task that swallowed an error
   * thrown at itself would go on and lose data.
   */
  takeAfter(record: SourceRecord): TransactionEnd | undefined {
    const commit = this.commits.delete(record);
    const abort = this.aborts.delete(record);
    if (commit && abort) {
      const { topic, kafkaPartition } = record;
      throw new IllegalStateError(
        `Connector requested both commit and abort of same record against topic/partition ${topic}/${kafkaPartition}`,
      );
    }
    return endOf(commit, abort);
  }

  /** What is to be done after all that a poll returned; asked for once. */
  takeBatch(): TransactionEnd | undefined {
    const [commit, abort] = [this.commitsBatch, this.abortsBatch];
    this.commitsBatch = this.abortsBatch = false;
    if (commit && abort) {
      throw new IllegalStateError('Connector requested both commit and abort of same transaction');
    }
    return endOf(commit, abort);
  }
}

function given(record: SourceRecord | undefined | null): SourceRecord {
  if (record !== undefined && record !== null) return record;
  throw new IllegalStateError('Source record used to define transaction boundaries may not be null');
}

function endOf(commit: boolean, abort: boolean): TransactionEnd | undefined {
  if (abort) return 'abort';
  return commit ? 'commit' : undefined;
}
