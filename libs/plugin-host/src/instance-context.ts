import { AsyncLocalStorage } from 'node:async_hooks';
import { withLogContext, type LogContext } from '@tributary/observability';

/** Which instance's code runs now, in calls and in everything that they started: timers, promises, sockets. */
const running = new AsyncLocalStorage<number>();

/** Where the culprit probe finds the running instance's id: it evaluates this in a thread that is blocked. */
export const RUNNING_INSTANCE = 'tributary.plugin-host.running';

Object.defineProperty(globalThis, Symbol.for(RUNNING_INSTANCE), { value: () => running.getStore() });

export function inInstance<T>(id: number, logContext: LogContext, work: () => T): T {
  return running.run(id, () => withLogContext(logContext, work));
}

/** The instance whose code is running; undefined outside of any. */
export function runningInstance(): number | undefined {
  return running.getStore();
}
