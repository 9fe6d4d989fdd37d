import type { ConfigDef, PluginClass, Props, SinkConnector, SinkTask } from '@tributary/connect-api';
import { NO_CONFIG } from '../common/no-config.js';
import { parseBoolean } from '../common/numbers.js';
import { namedTaskConfigs, TESTABLE_VERSION } from './task-configs.js';
import { TestableSinkTask } from './testable-sink.task.js';

/** Takes records and drops them, in `tasks.max` tasks; `alter.offsets.result` is what it answers to changes of offsets. */
export class TestableSinkConnector implements SinkConnector {
  static readonly className: string = 'org.apache.kafka.connect.integration.TestableSinkConnector';
  #props: Props = {};

  version(): string {
    return TESTABLE_VERSION;
  }

  config(): ConfigDef {
    return NO_CONFIG;
  }

  start(props: Props): void {
    this.#props = props;
  }

  taskClass(): PluginClass<SinkTask> {
    return TestableSinkTask;
  }

  taskConfigs(maxTasks: number): Props[] {
    return namedTaskConfigs(this.#props, maxTasks);
  }

  stop(): void {}

  alterOffsets(props: Props): boolean {
    return parseBoolean(props['alter.offsets.result']);
  }
}
