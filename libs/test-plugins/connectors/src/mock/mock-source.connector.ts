import type { SourceConnector } from '@tributary/connect-api';
import { MockSourceTask } from './mock-source.task.js';
import { MockConnector } from './mock.connector.js';

export class MockSourceConnector extends MockConnector implements SourceConnector {
  static readonly className = 'org.apache.kafka.connect.tools.MockSourceConnector';

  taskClass(): typeof MockSourceTask {
    return MockSourceTask;
  }
}
