import { connectorClientProperties, topicCreationGroups } from '@tributary/config-schemas';
import type { TopicUseOptions } from '../source/topic-use.js';
import type { TaskSetting } from './task-setting.js';

/** How the task creates topics: as `topic.creation.*` says, where the worker allows it; undefined: not at all. */
export function topicCreation({ worker, clients, payload }: TaskSetting): TopicUseOptions['creation'] {
  const { connectorConfig, connector, task } = payload;
  if (!worker.boolean('topic.creation.enable')) return undefined;
  const groups = topicCreationGroups(connectorConfig);
  if (groups === undefined) return undefined;
  const options = { workerConfig: worker, connectorConfig, connector, task };
  return {
    admin: clients.admin(connectorClientProperties('admin', options)),
    specFor: (name) => {
      const group = groups.find(({ matches }) => matches(name));
      const { partitions = -1, replicationFactor = -1, configs = {} } = group ?? {};
      return { name, partitions, replicationFactor, configs };
    },
  };
}
