import { BadRequestError, type SinkConnector, type SourceConnector } from '@tributary/connect-api';
import { ConnectorConfig } from '@tributary/config-schemas';
import type { TaskLoop } from '../task-loop.js';
import { buildSinkLoop } from './sink-builder.js';
import { buildSourceLoop } from './source-builder.js';
import type { TaskSetting } from './task-setting.js';
import { checkTaskCount } from './too-many-tasks.js';

/** Makes the loop of a task from its connector's configuration; nothing of the task has started when it returns. */
export function buildTask(setting: TaskSetting): TaskLoop {
  const { plugins, payload } = setting;
  const { connector: name, connectorConfig, taskCount } = payload;
  const className = connectorConfig['connector.class'];
  if (className === undefined) throw new BadRequestError(`Connector config of ${name} contains no connector type`);
  const plugin = plugins.connector(className, connectorConfig['connector.plugin.version']);
  const config = ConnectorConfig.parse(connectorConfig, plugin.kind);
  checkTaskCount(name, taskCount, config);
  const connector = plugin.create();
  return plugin.kind === 'source'
    ? buildSourceLoop(setting, config, connector as SourceConnector)
    : buildSinkLoop(setting, config, connector as SinkConnector);
}
