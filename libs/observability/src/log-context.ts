import { AsyncLocalStorage } from 'node:async_hooks';

/** What every log line says about where it comes from. */
export interface LogContext {
  readonly connector?: string;
  readonly task?: number;
  /** the part of a connector's work, e.g. `worker`, `offsets` */
  readonly scope?: string;
}

const storage = new AsyncLocalStorage<LogContext>();

/** Runs `work` so that every log line it writes, at once or later, carries `context`. */
export function withLogContext<T>(context: LogContext, work: () => T): T {
  return storage.run({ ...storage.getStore(), ...context }, work);
}

export function currentLogContext(): LogContext | undefined {
  return storage.getStore();
}
