import { AsyncLocalStorage } from 'node:async_hooks';
import { withLogContext, withSecrets, type LogContext, type Secrets } from '@tributary/observability';

/** Which instance's code runs now, in calls and in everything that they started: timers, promises, sockets. */
const running = new AsyncLocalStorage<number>();

/** What its code says carries `logContext` and hides `secrets`. */
export function inInstance<T>(id: number, logContext: LogContext, secrets: Secrets, work: () => T): T {
  return running.run(id, () => withLogContext(logContext, () => withSecrets(secrets, work)));
}

/** The instance whose code is running; undefined outside of any. */
export function runningInstance(): number | undefined {
  return running.getStore();
}
