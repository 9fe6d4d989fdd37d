import type { LogContext, Secrets } from '@tributary/observability';

/** What a pool of host threads is made of. */
export interface HostPoolOptions {
  /** for thread names, logs and errors, e.g. `tasks` */
  readonly name: string;
  /** the module that each thread runs; it must call `serveInstances` */
  readonly entry: URL;
  /** threads that ordinary instances may use; solo ones come on top once all are taken */
  readonly maxThreads: number;
  /** JavaScript heap of a thread, MiB */
  readonly memoryMb: number;
  /** the worker property that sets `memoryMb`, for the error that names it; default `executor.host.memory.mb` */
  readonly memoryProperty?: string;
  /** a thread whose event loop has not turned for so long is replaced, milliseconds */
  readonly unresponsiveMs: number;
  /** the worker property that sets `unresponsiveMs`; default `executor.host.unresponsive.ms` */
  readonly unresponsiveProperty?: string;
  /** given to the setup function of each thread's `serveInstances`; a structured-clone value */
  readonly workerData?: unknown;
  /** how long an empty thread is kept for the next instance, milliseconds; default 10 000 */
  readonly idleMs?: number;
  /** how long a thread may take to load its entry, milliseconds; default 60 000 */
  readonly startMs?: number;
}

/** How one instance is to be hosted. */
export interface HostOptions {
  /** what log lines of the instance carry */
  readonly logContext?: LogContext;
  /** gives up on an instance that is still being created: `host` rejects with the signal's reason */
  readonly signal?: AbortSignal;
}

/**
 * What the main thread hears from an instance. Events and requests go on coming during the clean-up that `destroy`
 * grants; nothing comes after `gone` or once the promise of `destroy` has resolved.
 */
export interface HostedOwner {
  event(name: string, payload: unknown): void;
  /** Answers the instance's question; a rejection rejects the instance's promise. */
  request(name: string, payload: unknown): Promise<unknown>;
  /**
   * The instance is gone without being asked. `error` says why if it is to blame; undefined: a neighbour or nobody
   * known was, host it again. Its pending calls reject after this. Not called after `destroy`.
   */
  gone(error: Error | undefined): void;
}

/** An instance that lives in a worker thread. */
export interface Hosted {
  readonly key: string;
  /** Calls the instance's method. Has no time limit of its own; rejects when the instance is gone or destroyed. */
  call<T>(method: string, argument?: unknown): Promise<T>;
  /**
   * Ends the instance: it gets `timeoutMs` for its own clean-up. If its thread does not answer by then, the thread is
   * replaced; if only the instance hangs, it is abandoned. Never rejects; calling again waits for the same end.
   */
  destroy(timeoutMs: number): Promise<void>;
}

/** How many threads and instances there are now. */
export interface HostPoolStats {
  readonly threads: number;
  readonly idleThreads: number;
  readonly instances: number;
  /** keys that get a thread of their own because they hung, died or are suspected of it */
  readonly solo: readonly string[];
}

/** Thread side: what an instance uses to speak to its owner. */
export interface InstanceChannel {
  readonly key: string;
  /** What must not be seen of the instance: hidden in what it logs, in its errors, and by `hideSecrets` in its code. */
  readonly secrets: Secrets;
  /** Tells the owner; payloads are structured-clone values. Silent once the instance is destroyed. */
  emit(name: string, payload?: unknown): void;
  /** Asks the owner; rejects with its error, or at once when the instance is destroyed. */
  request<T>(name: string, payload?: unknown): Promise<T>;
  /** Aborted when the instance is to be destroyed. */
  readonly signal: AbortSignal;
}

/** Thread side: an object whose methods are called by name with one argument. */
export interface Instance {
  /** Clean-up. May use the channel until it is done. */
  destroy(): Promise<void> | void;
}

/** Thread side: makes instances. */
export interface InstanceFactory {
  create(payload: unknown, channel: InstanceChannel): Promise<Instance> | Instance;
}

/** Thread side: makes the thread's factory once, from the pool's `workerData`. */
export type InstanceFactorySetup = (workerData: unknown) => Promise<InstanceFactory> | InstanceFactory;
