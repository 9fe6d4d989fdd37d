import type { PluginClass, SinkTask } from '@tributary/connect-api';
import { TestableSinkConnector } from './testable-sink.connector.js';
import { TestableSinkTask } from './testable-sink.task.js';

class MonitorableSinkTask extends TestableSinkTask {
  static override readonly className =
    'org.apache.kafka.connect.integration.MonitorableSinkConnector$MonitorableSinkTask';
}

/** The testable sink under the second name that the reference's tests know. */
export class MonitorableSinkConnector extends TestableSinkConnector {
  static override readonly className = 'org.apache.kafka.connect.integration.MonitorableSinkConnector';

  override taskClass(): PluginClass<SinkTask> {
    return MonitorableSinkTask;
  }
}
