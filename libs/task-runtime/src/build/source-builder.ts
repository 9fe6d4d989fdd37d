import type {
  Props,
  SourceConnector,
  SourceRecord,
  SourceTaskContext,
  TransactionContext,
} from '@tributary/connect-api';
import type { ConnectorConfig } from '@tributary/config-schemas';
import { loggerFor } from '@tributary/observability';
import { SourceLoop } from '../source/source-loop.js';
import { SourcePipeline } from '../source/source-pipeline.js';
import type { TaskOffsets } from '../source/task-offsets.js';
import { TopicUse } from '../source/topic-use.js';
import type { TaskLoop } from '../task-loop.js';
import { configuredConverters } from './configured-converters.js';
import { configuredTransforms } from './configured-transforms.js';
import { lastFlushMs } from './last-flush.js';
import { atLeastOnceDelivery, exactlyOnceDelivery, transactionBoundary } from './source-delivery.js';
import { sourceOffsets } from './source-offsets.js';
import { TaskErrors } from './task-errors.js';
import type { TaskSetting } from './task-setting.js';
import { topicCreation } from './topic-creation.js';

const log = loggerFor('task.source');

/** Puts a source task together. What it opens is closed by the loop's own clean-up. */
export function buildSourceLoop(setting: TaskSetting, config: ConnectorConfig, connector: SourceConnector): TaskLoop {
  const { worker, plugins, payload, services, events, counters, activity, stopping } = setting;
  const converters = configuredConverters(plugins, payload.connectorConfig, worker);
  const transforms = configuredTransforms<SourceRecord>(plugins, config);
  const errors = new TaskErrors(setting, config);
  const task = new (connector.taskClass())();
  const offsets = sourceOffsets(setting);
  const transactions = worker.exactlyOnceSource
    ? transactionBoundary(config, worker.int('offset.flush.interval.ms'))
    : undefined;
  const creation = topicCreation(setting);
  task.initialize?.(sourceContext(setting, offsets, transactions?.requests));

  const topics = new TopicUse({
    creation,
    forbidden: transactions && offsets.topic,
    used: (topic) => services.topicUsed(topic),
  });
  const parts = { task, offsets, errors, log };
  return new SourceLoop({
    task,
    props: payload.taskConfig,
    pipeline: new SourcePipeline(transforms, converters, errors.policy),
    delivery:
      transactions === undefined
        ? atLeastOnceDelivery(setting, parts)
        : exactlyOnceDelivery(setting, parts, transactions.boundary),
    topics,
    reporters: errors,
    lastReportsMs: lastFlushMs(worker),
    stopping,
    events,
    counters,
    activity,
    paused: payload.paused,
    release: async () => {
      transforms.close();
      await topics.close();
    },
    log,
  });
}

function sourceContext(
  { payload, stopping }: TaskSetting,
  offsets: TaskOffsets,
  transactionContext: TransactionContext | undefined,
): SourceTaskContext {
  const configs: Props = payload.taskConfig;
  return {
    connectorName: payload.connector,
    taskId: payload.task,
    configs: () => configs,
    offsetReader: {
      offset: async (partition) => (await offsets.read([partition]))[0] ?? null,
      offsets: (partitions) => offsets.read(partitions),
    },
    transactionContext,
    signal: stopping.signal,
    log: loggerFor('plugin'),
  };
}
