/** What became of records that failed. */
export interface ErrorCounters {
  /** retriable errors, and records that were given up */
  recordFailures: number;
  /** records that failed for good; not those that a task reported itself, or Kafka refused, and that is tolerated */
  recordErrors: number;
  /** records left out because errors are tolerated, but for the same */
  recordsSkipped: number;
  retries: number;
  errorsLogged: number;
  deadLetterRequests: number;
  deadLetterFailures: number;
  /** when a record was last given up, milliseconds since the epoch; 0: none yet */
  lastErrorMs: number;
}

/**
 * What a task has done so far: plain numbers, added to once a batch inside the task's thread. A copy goes to the main
 * thread about once a second, for the metrics.
 */
export interface TaskCounters extends ErrorCounters {
  readonly kind: 'source' | 'sink';
  /** source: records that the task returned */
  recordsPolled: number;
  /** source: records that Kafka has */
  recordsWritten: number;
  /** sink: records read from Kafka */
  recordsRead: number;
  /** sink: records given to the task */
  recordsSent: number;
  /** source: polled and not yet written or left out; sink: read and not yet committed */
  recordsActive: number;
  /** sink: partitions that are assigned now */
  partitions: number;
  /** polls that returned records, or puts */
  batches: number;
  /** time spent in them, milliseconds */
  batchMs: number;
  commits: number;
  commitFailures: number;
  /** time spent in commits that succeeded, milliseconds */
  commitMs: number;
  /** exactly-once sources: transactions that were committed */
  transactions: number;
  /** records in them */
  transactionRecords: number;
  /** records in the smallest of them; 0: none yet */
  smallestTransaction: number;
  largestTransaction: number;
}

export function newTaskCounters(kind: TaskCounters['kind']): TaskCounters {
  return {
    kind,
    recordFailures: 0,
    recordErrors: 0,
    recordsSkipped: 0,
    retries: 0,
    errorsLogged: 0,
    deadLetterRequests: 0,
    deadLetterFailures: 0,
    lastErrorMs: 0,
    recordsPolled: 0,
    recordsWritten: 0,
    recordsRead: 0,
    recordsSent: 0,
    recordsActive: 0,
    partitions: 0,
    batches: 0,
    batchMs: 0,
    commits: 0,
    commitFailures: 0,
    commitMs: 0,
    transactions: 0,
    transactionRecords: 0,
    smallestTransaction: 0,
    largestTransaction: 0,
  };
}
