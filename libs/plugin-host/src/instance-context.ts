import { AsyncLocalStorage } from 'node:async_hooks';
import { withLogContext, type LogContext } from '@tributary/observability';

/** Which instance's code runs now, in calls and in everything that they started: timers, promises, sockets. */
const running = new AsyncLocalStorage<number>();

export function inInstance<T>(id: number, logContext: LogContext, work: () => T): T {
  return running.run(id, () => withLogContext(logContext, work));
}

/** The instance whose code is running; undefined outside of any. */
export function runningInstance(): number | undefined {
  return running.getStore();
}
