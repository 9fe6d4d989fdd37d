import type { PluginClass, SourceTask } from '@tributary/connect-api';
import { TestableSourceConnector } from './testable-source.connector.js';
import { TestableSourceTask } from './testable-source.task.js';

class MonitorableSourceTask extends TestableSourceTask {
  static override readonly className =
    'org.apache.kafka.connect.integration.MonitorableSourceConnector$MonitorableSourceTask';
}

/** The testable source under the second name that the reference's tests know. */
export class MonitorableSourceConnector extends TestableSourceConnector {
  static override readonly className = 'org.apache.kafka.connect.integration.MonitorableSourceConnector';

  override taskClass(): PluginClass<SourceTask> {
    return MonitorableSourceTask;
  }
}
