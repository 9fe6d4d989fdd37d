import { CONNECT_VERSION, type ConfigDef, type Props, type SinkConnector } from '@tributary/connect-api';
import { SINK_CONFIG } from './file-config.js';
import { FileStreamSinkTask } from './file-sink.task.js';

/** Appends records to a file, one line each. Tasks all write to the same file. */
export class FileStreamSinkConnector implements SinkConnector {
  static readonly className = 'org.apache.kafka.connect.file.FileStreamSinkConnector';
  #props: Props = {};

  version(): string {
    return CONNECT_VERSION;
  }

  config(): ConfigDef {
    return SINK_CONFIG;
  }

  start(props: Props): void {
    SINK_CONFIG.parse(props);
    this.#props = props;
  }

  taskClass(): typeof FileStreamSinkTask {
    return FileStreamSinkTask;
  }

  taskConfigs(maxTasks: number): Props[] {
    return Array.from({ length: maxTasks }, () => this.#props);
  }

  stop(): void {}

  /** Any offset is fine: records are only ever appended. */
  alterOffsets(): boolean {
    return true;
  }
}
