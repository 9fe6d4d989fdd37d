import { beforeEach, describe, expect, it } from 'vitest';
import { newTaskCounters, type TaskCounters } from '../task-counters.js';
import { Metrics } from './metrics.js';

describe('Metrics', () => {
  let now = 0;
  let metrics = new Metrics(() => now);

  beforeEach(() => {
    now = 1_000_000;
    metrics = new Metrics(() => now);
  });

  const counters = (kind: TaskCounters['kind'], some: Partial<TaskCounters>): TaskCounters => ({
    ...newTaskCounters(kind),
    ...some,
  });

  /** The samples of the metrics whose names begin with `prefix`. */
  async function samples(prefix: string): Promise<string[]> {
    const { body } = await metrics.render();
    return body.split('\n').filter((line) => line.startsWith(prefix));
  }

  it('shows what a source task did under the names that dashboards know', async () => {
    metrics.publishTaskCounters('c', 0, counters('source', {}));
    now += 10_000;
    const done = { recordsPolled: 200, recordsWritten: 150, recordsActive: 50, batches: 4, batchMs: 20 };
    metrics.publishTaskCounters('c', 0, counters('source', done));
    expect(await samples('kafka_connect_source_task')).toEqual([
      'kafka_connect_source_task_source_record_poll_total{connector="c",task="0"} 200',
      'kafka_connect_source_task_source_record_poll_rate{connector="c",task="0"} 20',
      'kafka_connect_source_task_source_record_write_total{connector="c",task="0"} 150',
      'kafka_connect_source_task_source_record_write_rate{connector="c",task="0"} 15',
      'kafka_connect_source_task_source_record_active_count{connector="c",task="0"} 50',
      'kafka_connect_source_task_poll_batch_avg_time_ms{connector="c",task="0"} 5',
    ]);
    expect(await samples('kafka_connect_sink_task')).toEqual([]);
    expect(await samples('kafka_connect_connector_task_batch_size_avg')).toEqual([
      'kafka_connect_connector_task_batch_size_avg{connector="c",task="0"} 50',
    ]);
  });

  it('shows transactions of the tasks that make them', async () => {
    const made = { transactions: 4, transactionRecords: 20, smallestTransaction: 2, largestTransaction: 9 };
    metrics.publishTaskCounters('c', 0, counters('source', made));
    metrics.publishTaskCounters('d', 0, counters('source', {}));
    expect(await samples('kafka_connect_source_task_transaction')).toEqual([
      'kafka_connect_source_task_transaction_size_avg{connector="c",task="0"} 5',
      'kafka_connect_source_task_transaction_size_min{connector="c",task="0"} 2',
      'kafka_connect_source_task_transaction_size_max{connector="c",task="0"} 9',
    ]);
  });

  it('shows what a sink task did, its commits and its errors', async () => {
    const done = {
      recordsRead: 9,
      recordsSent: 8,
      partitions: 3,
      commits: 3,
      commitFailures: 1,
      commitMs: 30,
      recordFailures: 5,
      recordErrors: 4,
      recordsSkipped: 3,
      retries: 2,
      errorsLogged: 1,
      deadLetterRequests: 7,
      deadLetterFailures: 6,
      lastErrorMs: 123,
    };
    metrics.publishTaskCounters('c', 1, counters('sink', done));
    const all = (await samples('kafka_connect_')).filter((line) => line.includes('{connector="c",task="1"}'));
    const values = Object.fromEntries(all.map((line) => line.replace('{connector="c",task="1"}', '').split(' ')));
    expect(values).toMatchObject({
      kafka_connect_sink_task_sink_record_read_total: '9',
      kafka_connect_sink_task_sink_record_send_total: '8',
      kafka_connect_sink_task_partition_count: '3',
      kafka_connect_sink_task_offset_commit_completion_total: '3',
      kafka_connect_connector_task_offset_commit_avg_time_ms: '10',
      kafka_connect_connector_task_offset_commit_success_percentage: '0.75',
      kafka_connect_connector_task_offset_commit_failure_percentage: '0.25',
      kafka_connect_task_error_total_record_failures: '5',
      kafka_connect_task_error_total_record_errors: '4',
      kafka_connect_task_error_total_records_skipped: '3',
      kafka_connect_task_error_total_retries: '2',
      kafka_connect_task_error_total_errors_logged: '1',
      kafka_connect_task_error_deadletterqueue_produce_requests: '7',
      kafka_connect_task_error_deadletterqueue_produce_failures: '6',
      kafka_connect_task_error_last_error_timestamp: '123',
    });
    expect(await samples('kafka_connect_source_task')).toEqual([]);
  });

  it('leaves out what is no number, instead of failing the scrape', async () => {
    metrics.publishTaskCounters('c', 0, counters('source', { recordsPolled: Number.NaN, recordsWritten: 1 }));
    expect(await samples('kafka_connect_source_task_source_record_poll_total')).toEqual([]);
    expect(await samples('kafka_connect_source_task_source_record_write_total')).toHaveLength(1);
  });

  it('looks back 30 seconds for rates', async () => {
    for (let second = 0; second <= 100; second++) {
      const recordsPolled = Math.min(second, 50) * 100;
      metrics.publishTaskCounters('c', 0, counters('source', { recordsPolled, batches: second }));
      now += 1000;
    }
    const rate = 'kafka_connect_source_task_source_record_poll_rate{connector="c",task="0"}';
    expect(await samples(rate)).toEqual([`${rate} 0`]);
  });

  it('takes the counters of a task that says nothing for unchanged', async () => {
    const rate = 'kafka_connect_source_task_source_record_poll_rate{connector="c",task="0"}';
    metrics.publishTaskCounters('c', 0, counters('source', { recordsPolled: 0, batches: 0 }));
    now += 60_000;
    metrics.publishTaskCounters('c', 0, counters('source', { recordsPolled: 310, batches: 1 }));
    expect(await samples(rate)).toEqual([`${rate} 10`]);
    now += 29_000;
    expect(await samples(rate)).toEqual([`${rate} ${310 / 30}`]);
    now += 3_000;
    expect(await samples(rate)).toEqual([`${rate} 0`]);
  });

  it('begins a new history when the task was started again', async () => {
    metrics.publishTaskCounters('c', 0, counters('source', { recordsPolled: 100, batches: 10 }));
    now += 1000;
    metrics.publishTaskCounters('c', 0, counters('source', { recordsPolled: 1, batches: 1 }));
    now += 1000;
    metrics.publishTaskCounters('c', 0, counters('source', { recordsPolled: 21, batches: 2 }));
    const rate = 'kafka_connect_source_task_source_record_poll_rate{connector="c",task="0"}';
    expect(await samples(rate)).toEqual([`${rate} 21`]);
  });

  it('shows what the leader restarts by itself, until the connector is gone', async () => {
    metrics.autoRestarted({ connector: 'c', task: 0 });
    metrics.autoRestarted({ connector: 'c' });
    metrics.publishAutoRestart({ connector: 'c', task: 0 }, { nextAt: 5, givenUp: null });
    metrics.publishAutoRestart({ connector: 'c', task: 1 }, { nextAt: null, givenUp: 'fatal' });
    metrics.publishAutoRestart({ connector: 'c' }, { nextAt: null, givenUp: null });
    metrics.publishAutoRestart({ connector: 'd' }, undefined);
    const all = () => samples('kafka_connect_worker_connector_auto_restart');
    expect(await all()).toEqual([
      'kafka_connect_worker_connector_auto_restarts_total{connector="c"} 2',
      'kafka_connect_worker_connector_auto_restart_waiting_count{connector="c"} 1',
      'kafka_connect_worker_connector_auto_restart_given_up_count{connector="c"} 1',
    ]);
    metrics.publishAutoRestart({ connector: 'c', task: 0 }, undefined);
    expect((await all())[1]).toBe('kafka_connect_worker_connector_auto_restart_waiting_count{connector="c"} 0');
    metrics.removeConnector('c');
    expect(await all()).toEqual([]);
  });

  it('counts tasks by state, and forgets those that are gone', async () => {
    metrics.publishTaskState('c', 0, 'RUNNING');
    metrics.publishTaskState('c', 1, 'FAILED');
    metrics.publishTaskState('c', 1, 'PAUSED');
    expect(await samples('kafka_connect_worker_task_count')).toEqual(['kafka_connect_worker_task_count 2']);
    expect(await samples('kafka_connect_worker_connector')).toEqual([
      'kafka_connect_worker_connector_count 0',
      'kafka_connect_worker_connector_startup_attempts_total 0',
      'kafka_connect_worker_connector_startup_success_total 0',
      'kafka_connect_worker_connector_startup_failure_total 0',
      'kafka_connect_worker_connector_total_task_count{connector="c"} 2',
      'kafka_connect_worker_connector_running_task_count{connector="c"} 1',
      'kafka_connect_worker_connector_paused_task_count{connector="c"} 1',
      'kafka_connect_worker_connector_failed_task_count{connector="c"} 0',
      'kafka_connect_worker_connector_unassigned_task_count{connector="c"} 0',
      'kafka_connect_worker_connector_destroyed_task_count{connector="c"} 0',
      'kafka_connect_worker_connector_restarting_task_count{connector="c"} 0',
    ]);
    expect(await samples('kafka_connect_connector_status')).toEqual([
      'kafka_connect_connector_status{connector="c",task="0",status="running"} 1',
      'kafka_connect_connector_status{connector="c",task="1",status="paused"} 1',
    ]);
    metrics.publishTaskCounters('c', 0, counters('source', { recordsPolled: 1 }));
    metrics.removeTask('c', 0);
    metrics.removeTask('c', 1);
    expect((await samples('kafka_connect_')).filter((line) => line.includes('{'))).toEqual([]);
  });

  it('shows connectors and starts', async () => {
    const facts = { type: 'source', class: 'a.B', version: '1' } as const;
    metrics.publishConnector('c', 'RUNNING', facts);
    metrics.publishConnector('d', 'FAILED', facts);
    metrics.removeConnector('d');
    metrics.connectorStartup(true);
    metrics.connectorStartup(false);
    metrics.taskStartup(true);
    expect(await samples('kafka_connect_worker_connector_count')).toEqual(['kafka_connect_worker_connector_count 1']);
    expect(await samples('kafka_connect_connector_info')).toEqual([
      'kafka_connect_connector_info{connector="c",connector_type="source",connector_class="a.B",connector_version="1",status="running"} 1',
    ]);
    expect(await samples('kafka_connect_worker_connector_startup_attempts')).toEqual([
      'kafka_connect_worker_connector_startup_attempts_total 2',
    ]);
    expect(await samples('kafka_connect_worker_task_startup_success')).toEqual([
      'kafka_connect_worker_task_startup_success_total 1',
    ]);
  });

  it('measures rebalances', async () => {
    metrics.rebalanceStarted();
    expect(await samples('kafka_connect_worker_rebalance_rebalancing')).toEqual([
      'kafka_connect_worker_rebalance_rebalancing 1',
    ]);
    now += 300;
    metrics.rebalanceCompleted(4);
    metrics.rebalanceStarted();
    now += 100;
    metrics.rebalanceCompleted(5);
    now += 60;
    expect(await samples('kafka_connect_worker_rebalance')).toEqual([
      'kafka_connect_worker_rebalance_completed_rebalances_total 2',
      'kafka_connect_worker_rebalance_epoch 5',
      'kafka_connect_worker_rebalance_rebalancing 0',
      'kafka_connect_worker_rebalance_rebalance_avg_time_ms 200',
      'kafka_connect_worker_rebalance_rebalance_max_time_ms 300',
      'kafka_connect_worker_rebalance_time_since_last_rebalance_ms 60',
    ]);
  });

  it('shows the process itself too, in a form that Prometheus reads', async () => {
    const { contentType } = await metrics.render();
    expect(contentType).toContain('text/plain');
    expect(await samples('process_cpu_seconds_total')).toHaveLength(1);
    expect(await samples('nodejs_eventloop_lag_seconds')).toHaveLength(1);
  });
});
