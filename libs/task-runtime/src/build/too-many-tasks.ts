import { ConnectError } from '@tributary/connect-api';
import type { ConnectorConfig } from '@tributary/config-schemas';

/** Thrown when a connector has more tasks than `tasks.max` and may not. */
export class TooManyTasksError extends ConnectError {
  override readonly referenceClass = 'org.apache.kafka.connect.runtime.TooManyTasksException';
}

/** Refuses to run a task of a connector that made more tasks than its configuration allows. */
export function checkTaskCount(connector: string, taskCount: number, config: ConnectorConfig): void {
  const max = config.tasksMax;
  if (taskCount <= max || !config.enforceTasksMax) return;
  throw new TooManyTasksError(
    `The connector ${connector} has generated ${taskCount} tasks, which is greater than ${max}, the maximum number of ` +
      'tasks it is configured to create. This behaviour should be considered a bug and is disallowed. If necessary, it ' +
      "can be permitted by reconfiguring the connector with 'tasks.max.enforce' set to false; however, this option will " +
      'be removed in a future release of Kafka Connect.',
  );
}
