import type { TaskCounters } from '../task-counters.js';
import type { GrowingCounter, TaskHistory } from './task-history.js';

/** A metric that every task, or every task of one kind, has; labels are `connector` and `task`. */
export interface TaskMetric {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  /** undefined: tasks of both kinds */
  readonly kind?: TaskCounters['kind'];
  value(history: TaskHistory): number;
}

const total = (name: string, help: string, counter: GrowingCounter, kind?: TaskCounters['kind']): TaskMetric => ({
  name,
  type: 'counter',
  help,
  ...(kind && { kind }),
  value: ({ last }) => last[counter],
});

const gauge = (
  name: string,
  help: string,
  value: (history: TaskHistory) => number,
  kind?: TaskCounters['kind'],
): TaskMetric => ({ name, type: 'gauge', help, ...(kind && { kind }), value });

/** Only tasks that have made transactions show this. */
const ofTransactions = ({ last }: TaskHistory, value: number): number => (last.transactions === 0 ? NaN : value);

const SOURCE = 'kafka_connect_source_task';
const SINK = 'kafka_connect_sink_task';
const TASK = 'kafka_connect_connector_task';
const ERROR = 'kafka_connect_task_error';

/** Names are those that the JMX exporter's usual rules make of the reference's metrics. */
export const TASK_METRICS: readonly TaskMetric[] = [
  total(`${SOURCE}_source_record_poll_total`, 'Records that the source task returned', 'recordsPolled', 'source'),
  gauge(
    `${SOURCE}_source_record_poll_rate`,
    'Records that the source task returned, per second',
    (task) => task.rate('recordsPolled'),
    'source',
  ),
  total(`${SOURCE}_source_record_write_total`, 'Records written to Kafka', 'recordsWritten', 'source'),
  gauge(
    `${SOURCE}_source_record_write_rate`,
    'Records written to Kafka, per second',
    (task) => task.rate('recordsWritten'),
    'source',
  ),
  gauge(
    `${SOURCE}_source_record_active_count`,
    'Records returned by the task and not yet written or left out',
    ({ last }) => last.recordsActive,
    'source',
  ),
  gauge(
    `${SOURCE}_poll_batch_avg_time_ms`,
    'Average time of a poll that returned records, milliseconds',
    (task) => task.mean('batchMs', 'batches'),
    'source',
  ),

  gauge(
    `${SOURCE}_transaction_size_avg`,
    'Average number of records in a transaction of an exactly-once source task',
    (task) => ofTransactions(task, task.mean('transactionRecords', 'transactions')),
    'source',
  ),
  gauge(
    `${SOURCE}_transaction_size_min`,
    'Number of records in the smallest transaction so far',
    (task) => ofTransactions(task, task.last.smallestTransaction),
    'source',
  ),
  gauge(
    `${SOURCE}_transaction_size_max`,
    'Number of records in the largest transaction so far',
    (task) => ofTransactions(task, task.last.largestTransaction),
    'source',
  ),

  total(`${SINK}_sink_record_read_total`, 'Records read from Kafka', 'recordsRead', 'sink'),
  gauge(
    `${SINK}_sink_record_read_rate`,
    'Records read from Kafka, per second',
    (task) => task.rate('recordsRead'),
    'sink',
  ),
  total(`${SINK}_sink_record_send_total`, 'Records given to the sink task', 'recordsSent', 'sink'),
  gauge(
    `${SINK}_sink_record_send_rate`,
    'Records given to the sink task, per second',
    (task) => task.rate('recordsSent'),
    'sink',
  ),
  gauge(
    `${SINK}_sink_record_active_count`,
    'Records read from Kafka and not yet committed',
    ({ last }) => last.recordsActive,
    'sink',
  ),
  gauge(`${SINK}_partition_count`, 'Partitions assigned to the sink task', ({ last }) => last.partitions, 'sink'),
  gauge(
    `${SINK}_put_batch_avg_time_ms`,
    'Average time of a put, milliseconds',
    (task) => task.mean('batchMs', 'batches'),
    'sink',
  ),
  total(`${SINK}_offset_commit_completion_total`, 'Offset commits that succeeded', 'commits', 'sink'),
  gauge(
    `${SINK}_offset_commit_completion_rate`,
    'Offset commits that succeeded, per second',
    (task) => task.rate('commits'),
    'sink',
  ),

  total(`${TASK}_offset_commit_success_total`, 'Offset commits that succeeded', 'commits'),
  total(`${TASK}_offset_commit_failure_total`, 'Offset commits that failed', 'commitFailures'),
  gauge(`${TASK}_offset_commit_avg_time_ms`, 'Average time of an offset commit, milliseconds', (task) =>
    task.mean('commitMs', 'commits'),
  ),
  gauge(`${TASK}_offset_commit_success_percentage`, 'Share of offset commits that succeeded, 0 to 1', ({ last }) =>
    share(last.commits, last.commitFailures),
  ),
  gauge(`${TASK}_offset_commit_failure_percentage`, 'Share of offset commits that failed, 0 to 1', ({ last }) =>
    share(last.commitFailures, last.commits),
  ),
  gauge(`${TASK}_batch_size_avg`, 'Average number of records in a batch', (task) =>
    task.mean(task.last.kind === 'source' ? 'recordsPolled' : 'recordsSent', 'batches'),
  ),

  total(`${ERROR}_total_record_failures`, 'Retriable errors, and records given up', 'recordFailures'),
  total(
    `${ERROR}_total_record_errors`,
    'Records that failed in converters and transformations for good',
    'recordErrors',
  ),
  total(`${ERROR}_total_records_skipped`, 'Records left out by converters and transformations', 'recordsSkipped'),
  total(`${ERROR}_total_retries`, 'Attempts made again after a retriable error', 'retries'),
  total(`${ERROR}_total_errors_logged`, 'Records that failed and were logged', 'errorsLogged'),
  total(`${ERROR}_deadletterqueue_produce_requests`, 'Records sent to the dead letter queue', 'deadLetterRequests'),
  total(
    `${ERROR}_deadletterqueue_produce_failures`,
    'Records that the dead letter queue did not get',
    'deadLetterFailures',
  ),
  gauge(
    `${ERROR}_last_error_timestamp`,
    'When a record last failed for good, milliseconds since the epoch; 0: never',
    ({ last }) => last.lastErrorMs,
  ),
];

function share(part: number, rest: number): number {
  return part + rest > 0 ? part / (part + rest) : 0;
}
