import type { Props, SourceConnector, SourceRecord, SourceTaskContext } from '@tributary/connect-api';
import { connectorClientProperties, type ConnectorConfig } from '@tributary/config-schemas';
import { loggerFor } from '@tributary/observability';
import { OffsetCommitter } from '../source/offset-committer.js';
import { OffsetTracker } from '../source/offset-tracker.js';
import { SourceLoop } from '../source/source-loop.js';
import { SourcePipeline } from '../source/source-pipeline.js';
import { SourceSender } from '../source/source-sender.js';
import { TopicUse } from '../source/topic-use.js';
import type { TaskLoop } from '../task-loop.js';
import { configuredConverters } from './configured-converters.js';
import { configuredTransforms } from './configured-transforms.js';
import { TaskErrors } from './task-errors.js';
import type { TaskSetting } from './task-setting.js';
import { topicCreation } from './topic-creation.js';

const log = loggerFor('task.source');
/** part of the time to stop in which the last records may be acknowledged; the rest is for committing their offsets */
const FLUSH_SHARE = 0.6;

/** Puts a source task together. What it opens is closed by the loop's own clean-up. */
export function buildSourceLoop(setting: TaskSetting, config: ConnectorConfig, connector: SourceConnector): TaskLoop {
  const { worker, plugins, payload, services, events, counters, stopping, clients } = setting;
  const { connectorConfig } = payload;
  const owner = { workerConfig: worker, connectorConfig, connector: payload.connector, task: payload.task };
  const converters = configuredConverters(plugins, connectorConfig, worker);
  const transforms = configuredTransforms<SourceRecord>(plugins, config);
  const errors = new TaskErrors(setting, config);
  const task = new (connector.taskClass())();
  const producerProperties = connectorClientProperties('producer', owner);
  const creation = topicCreation(setting);
  task.initialize?.(sourceContext(setting));

  const producer = clients.producer(producerProperties);
  const tracker = new OffsetTracker();
  const topics = new TopicUse({ creation, used: (topic) => services.topicUsed(topic) });
  const sender = new SourceSender({
    producer,
    tracker,
    task,
    tolerant: errors.policy.tolerant,
    refused: (record, error) => errors.produceFailed(record, error),
    counters,
    log,
  });
  const committer = new OffsetCommitter({
    tracker,
    task,
    write: (entries) => services.writeOffsets(entries),
    intervalMs: worker.int('offset.flush.interval.ms'),
    timeoutMs: worker.int('offset.flush.timeout.ms'),
    counters,
    log,
  });
  return new SourceLoop({
    task,
    props: payload.taskConfig,
    producer,
    pipeline: new SourcePipeline(transforms, converters, errors.policy),
    sender,
    tracker,
    committer,
    topics,
    stopping,
    events,
    counters,
    paused: payload.paused,
    lastFlushMs: Math.min(
      worker.int('offset.flush.timeout.ms'),
      worker.int('task.shutdown.graceful.timeout.ms') * FLUSH_SHARE,
    ),
    release: async () => {
      transforms.close();
      await topics.close();
    },
    log,
  });
}

function sourceContext(setting: TaskSetting): SourceTaskContext {
  const { payload, services, stopping } = setting;
  const configs: Props = payload.taskConfig;
  return {
    connectorName: payload.connector,
    taskId: payload.task,
    configs: () => configs,
    offsetReader: {
      offset: async (partition) => (await services.readOffsets([partition]))[0] ?? null,
      offsets: (partitions) => services.readOffsets(partitions),
    },
    signal: stopping.signal,
    log: loggerFor('plugin'),
  };
}
