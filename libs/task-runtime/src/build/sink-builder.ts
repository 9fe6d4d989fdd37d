import type { SinkConnector, SinkRecord } from '@tributary/connect-api';
import { connectorClientProperties, type ConnectorConfig, type WorkerConfig } from '@tributary/config-schemas';
import { loggerFor } from '@tributary/observability';
import { PendingRecords } from '../sink/pending-records.js';
import { SinkCommitter } from '../sink/sink-committer.js';
import { SinkContext } from '../sink/sink-context.js';
import { SinkDelivery } from '../sink/sink-delivery.js';
import { SinkLoop } from '../sink/sink-loop.js';
import { SinkOffsets } from '../sink/sink-offsets.js';
import { SinkPartitions } from '../sink/sink-partitions.js';
import { SinkPipeline } from '../sink/sink-pipeline.js';
import { SinkReports } from '../sink/sink-reports.js';
import { TopicUse } from '../source/topic-use.js';
import type { TaskLoop } from '../task-loop.js';
import { configuredConverters } from './configured-converters.js';
import { configuredTransforms } from './configured-transforms.js';
import { lastFlushMs } from './last-flush.js';
import { TaskErrors } from './task-errors.js';
import type { TaskSetting } from './task-setting.js';

const log = loggerFor('task.sink');

/** Puts a sink task together. What it opens is closed by the loop's own clean-up. */
export function buildSinkLoop(setting: TaskSetting, config: ConnectorConfig, connector: SinkConnector): TaskLoop {
  const { worker, plugins, payload, services, events, counters, activity, stopping, clients } = setting;
  const { connectorConfig } = payload;
  const owner = { workerConfig: worker, connectorConfig, connector: payload.connector, task: payload.task };
  const converters = configuredConverters(plugins, connectorConfig, worker);
  const transforms = configuredTransforms<SinkRecord>(plugins, config);
  const errors = new TaskErrors(setting, config);
  const reports = new SinkReports(errors.policy, converters);
  const task = new (connector.taskClass())();
  const consumer = clients.consumer(connectorClientProperties('consumer', owner));

  const context: SinkContext = new SinkContext(payload.connector, payload.task, {
    configs: () => payload.taskConfig,
    assignment: () => consumer.assignment(),
    changed: () => partitions.rest(),
    signal: stopping.signal,
    errantRecordReporter: reports.reporter ?? null,
    log: loggerFor('plugin'),
  });
  const offsets = new SinkOffsets();
  const pending = new PendingRecords();
  const committer = new SinkCommitter({
    task,
    consumer,
    offsets,
    reports,
    timeoutMs: worker.int('offset.flush.timeout.ms'),
    reportsMs: lastFlushMs(worker),
    counters,
    activity,
    log,
  });
  const partitions: SinkPartitions = new SinkPartitions({
    task,
    consumer,
    offsets,
    pending,
    committer,
    context,
    activity,
  });
  const delivery = new SinkDelivery({
    task,
    pending,
    offsets,
    partitions,
    reports,
    isolates: config.isolatesPuts,
    stopping: stopping.signal,
    counters,
    activity,
    log,
  });
  task.initialize?.(context);
  return new SinkLoop({
    task,
    props: payload.taskConfig,
    topics: config.topics,
    consumer,
    pipeline: new SinkPipeline(transforms, converters, errors.policy, reports.reporter !== undefined),
    offsets,
    pending,
    partitions,
    committer,
    context,
    topicUse: new TopicUse({ creation: undefined, used: (topic) => services.topicUsed(topic) }),
    stopping,
    events,
    counters,
    activity,
    paused: payload.paused,
    ownClientId: !clientIdIsGiven(worker, connectorConfig),
    commitIntervalMs: worker.int('offset.flush.interval.ms'),
    delivery,
    reports,
    reporters: errors,
    lastReportsMs: lastFlushMs(worker),
    release: async () => transforms.close(),
    now: () => performance.now(),
    log,
  });
}

/** Whether the user chose the client id: then all tasks of the connector share it. */
function clientIdIsGiven(worker: WorkerConfig, connectorConfig: Readonly<Record<string, string>>): boolean {
  return worker.isSet('consumer.client.id') || connectorConfig['consumer.override.client.id'] !== undefined;
}
