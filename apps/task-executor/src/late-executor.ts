import { ConflictError } from '@tributary/connect-api';
import type { TaskId } from '@tributary/kafka-storage';
import type { TaskExecutor } from '@tributary/task-runtime';

/** The executor, for controllers that exist before it: its address must be known before it can be made. */
export class LateExecutor {
  executor: TaskExecutor | undefined;

  restartTask(id: TaskId): Promise<void> {
    if (this.executor === undefined)
      throw new ConflictError('Cannot complete request momentarily: the executor is starting');
    return this.executor.restartTask(id);
  }

  /** Numbers of the connector's tasks that are here, those that are just being stopped included. */
  runningTasks(connector: string): number[] {
    const all = this.executor?.runningTasks() ?? [];
    return all.filter((id) => id.connector === connector).map(({ task }) => task);
  }
}
