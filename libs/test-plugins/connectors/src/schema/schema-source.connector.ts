import { CONNECT_VERSION, type ConfigDef, type Props, type SourceConnector } from '@tributary/connect-api';
import { NO_CONFIG } from '../common/no-config.js';
import { numberedTaskConfigs } from '../common/task-configs.js';
import { SchemaSourceTask } from './schema-source.task.js';

/** Sends a fixed number of structs, of one schema or of two versions of it in turn, from each of `tasks.max` tasks. */
export class SchemaSourceConnector implements SourceConnector {
  static readonly className = 'org.apache.kafka.connect.tools.SchemaSourceConnector';
  #props: Props = {};

  version(): string {
    return CONNECT_VERSION;
  }

  config(): ConfigDef {
    return NO_CONFIG;
  }

  start(props: Props): void {
    this.#props = props;
  }

  taskClass(): typeof SchemaSourceTask {
    return SchemaSourceTask;
  }

  taskConfigs(maxTasks: number): Props[] {
    return numberedTaskConfigs(this.#props, maxTasks);
  }

  stop(): void {}
}
