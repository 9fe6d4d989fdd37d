import type { SinkConnector } from '@tributary/connect-api';
import { MockSinkTask } from './mock-sink.task.js';
import { MockConnector } from './mock.connector.js';

export class MockSinkConnector extends MockConnector implements SinkConnector {
  static readonly className = 'org.apache.kafka.connect.tools.MockSinkConnector';

  taskClass(): typeof MockSinkTask {
    return MockSinkTask;
  }
}
