import { BadRequestError, type SinkConnector, type SourceConnector } from '@tributary/connect-api';
import { ConnectorConfig, recoverySettings } from '@tributary/config-schemas';
import { newTaskCounters, type TaskCounters } from '@tributary/observability';
import type { TaskLoop } from '../task-loop.js';
import { Activity } from '../timing/activity.js';
import { buildSinkLoop } from './sink-builder.js';
import { buildSourceLoop } from './source-builder.js';
import type { TaskGiven } from './task-setting.js';
import { checkTaskCount } from './too-many-tasks.js';

/** A task that is ready to start, and what it counts. */
export interface BuiltTask {
  readonly loop: TaskLoop;
  readonly counters: TaskCounters;
  readonly activity: Activity;
  /** errors.stall.timeout.ms; undefined: nobody looks */
  readonly stallTimeoutMs: number | undefined;
}

/** Makes a task from its connector's configuration; nothing of it has started when this returns. */
export function buildTask(given: TaskGiven): BuiltTask {
  const { plugins, payload } = given;
  const { connector: name, connectorConfig, taskCount } = payload;
  const className = connectorConfig['connector.class'];
  if (className === undefined) throw new BadRequestError(`Connector config of ${name} contains no connector type`);
  const plugin = plugins.connector(className, connectorConfig['connector.plugin.version']);
  const config = ConnectorConfig.parse(connectorConfig, plugin.kind);
  checkTaskCount(name, taskCount, config);
  const connector = plugin.create();
  const counters = newTaskCounters(plugin.kind);
  const activity = new Activity();
  const setting = { ...given, counters, activity };
  const loop =
    plugin.kind === 'source'
      ? buildSourceLoop(setting, config, connector as SourceConnector)
      : buildSinkLoop(setting, config, connector as SinkConnector);
  const { stallTimeoutMs } = recoverySettings(given.worker, connectorConfig);
  return { loop, counters, activity, stallTimeoutMs };
}
