import { ConflictError } from '@tributary/connect-api';
import type { TaskId } from '@tributary/kafka-storage';
import type { ConnectorTools, TaskExecutor } from '@tributary/task-runtime';

/** The executor, for controllers that exist before it: its address must be known before it can be made. */
export class LateExecutor {
  executor: TaskExecutor | undefined;
  connectorTools: ConnectorTools | undefined;

  restartTask(id: TaskId): Promise<void> {
    return made(this.executor).restartTask(id);
  }

  tools(): ConnectorTools {
    return made(this.connectorTools);
  }

  /** Numbers of the connector's tasks that are here, those that are just being stopped included. */
  runningTasks(connector: string): number[] {
    const all = this.executor?.runningTasks() ?? [];
    return all.filter((id) => id.connector === connector).map(({ task }) => task);
  }
}

function made<T>(part: T | undefined): T {
  if (part === undefined) throw new ConflictError('Cannot complete request momentarily: the executor is starting');
  return part;
}
