import { CONNECT_VERSION, type ConfigDef, type Props, type SourceConnector } from '@tributary/connect-api';
import { NO_CONFIG } from '../common/no-config.js';
import { numberedTaskConfigs } from '../common/task-configs.js';
import { VerifiableSourceTask } from './verifiable-source.task.js';

/** Counts up in every one of `tasks.max` tasks and tells on standard output what it sent and what Kafka has. */
export class VerifiableSourceConnector implements SourceConnector {
  static readonly className = 'org.apache.kafka.connect.tools.VerifiableSourceConnector';
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

  taskClass(): typeof VerifiableSourceTask {
    return VerifiableSourceTask;
  }

  taskConfigs(maxTasks: number): Props[] {
    return numberedTaskConfigs(this.#props, maxTasks);
  }

  stop(): void {}
}
