import { CONNECT_VERSION, type ConfigDef, type Props, type SinkConnector } from '@tributary/connect-api';
import { NO_CONFIG } from '../common/no-config.js';
import { numberedTaskConfigs } from '../common/task-configs.js';
import { VerifiableSinkTask } from './verifiable-sink.task.js';

/** Tells on standard output what arrived and what was flushed: the other end of the verifiable source. */
export class VerifiableSinkConnector implements SinkConnector {
  static readonly className = 'org.apache.kafka.connect.tools.VerifiableSinkConnector';
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

  taskClass(): typeof VerifiableSinkTask {
    return VerifiableSinkTask;
  }

  taskConfigs(maxTasks: number): Props[] {
    return numberedTaskConfigs(this.#props, maxTasks);
  }

  stop(): void {}
}
