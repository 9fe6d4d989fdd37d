import { ownOffsetsTopic } from '@tributary/config-schemas';
import { openOwnOffsetStore } from '@tributary/kafka-storage';
import { TaskOffsets } from '../source/task-offsets.js';
import type { TaskSetting } from './task-setting.js';

/** Where the task's offsets are kept; nothing is opened yet. */
export function sourceOffsets({ worker, clients, payload, services }: TaskSetting): TaskOffsets {
  const { connector, connectorConfig, task } = payload;
  const own = ownOffsetsTopic({ workerConfig: worker, connectorConfig, connector, task });
  return new TaskOffsets({
    connector,
    workerTopic: worker.string('offset.storage.topic'),
    worker: services,
    own: own && {
      topic: own.topic,
      open: () =>
        openOwnOffsetStore({
          clients,
          topic: own.topic,
          clientProperties: own.clients,
          workerProperties: worker.properties,
        }),
    },
  });
}
