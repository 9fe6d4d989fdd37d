import { ConnectError, IllegalStateError } from '@tributary/connect-api';
import { loggerFor } from '@tributary/observability';
import type { Hosted, HostedOwner, HostOptions, HostPoolOptions, HostPoolStats } from './api.js';
import { blame, type Death } from './blame.js';
import { beatMsOf } from './heartbeat.js';
import { HostThread } from './host-thread.js';
import { HostedInstance } from './hosted-instance.js';
import { place } from './placement.js';

const log = loggerFor('plugin-host');
const IDLE_MS = 10_000;
/** clean-up time of an instance whose creation is given up */
const ABORTED_CREATE_MS = 5000;
/** an instance that loses its thread so often while it is created has no luck, it has a cause */
const MAX_CREATE_ATTEMPTS = 5;

/**
 * Worker threads that run plugin code, watched from the main thread, which runs none. An instance that hangs, dies, ends
 * the process or eats all memory takes down its thread; the pool finds out which instance did it, fails that one, and
 * lets the owners of its neighbours host theirs again. From then on the guilty one, or each suspect where nobody is
 * known, gets a thread of its own, so that it harms only itself.
 */
export class HostPool {
  readonly #threads = new Set<HostThread>();
  readonly #solo = new Set<string>();
  readonly #watch: NodeJS.Timeout;
  #lastId = 0;
  #lastThread = 0;
  #closed = false;

  constructor(private readonly options: HostPoolOptions) {
    this.#watch = setInterval(() => this.#look(), beatMsOf(options.unresponsiveMs)).unref();
  }

  get stats(): HostPoolStats {
    const threads = [...this.#threads];
    return {
      threads: threads.length,
      idleThreads: threads.filter(({ load }) => load === 0).length,
      instances: threads.reduce((sum, { load }) => sum + load, 0),
      solo: [...this.#solo],
    };
  }

  /**
   * Makes an instance in one of the threads. Rejects with what its creation threw, or with the reason why its thread
   * did not start or died by its fault.
   */
  async host(key: string, payload: unknown, owner: HostedOwner, options: HostOptions = {}): Promise<Hosted> {
    for (let attempt = 1; attempt <= MAX_CREATE_ATTEMPTS; attempt++) {
      options.signal?.throwIfAborted();
      if (this.#closed) throw new IllegalStateError(`the pool of ${this.options.name} threads is closed`);
      const instance = new HostedInstance(++this.#lastId, key, owner, this.#threadFor(key));
      instance.thread.add(instance);
      if ((await this.#create(instance, payload, options)) === 'created') return instance;
    }
    throw new ConnectError(`creating ${key}: its thread died ${MAX_CREATE_ATTEMPTS} times by the fault of others`);
  }

  /** Ends all threads at once, with whatever still lives in them; owners hear nothing. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#watch);
    await Promise.all([...this.#threads].map((thread) => thread.end()));
  }

  async #create(instance: HostedInstance, payload: unknown, options: HostOptions): Promise<'created' | 'lost'> {
    const { signal, logContext = {} } = options;
    if (!signal) return instance.create(payload, logContext);
    const giveUp = (): void => void instance.destroy(ABORTED_CREATE_MS);
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      const outcome = await instance.create(payload, logContext);
      signal.throwIfAborted();
      return outcome;
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  #threadFor(key: string): HostThread {
    const solo = this.#solo.has(key);
    const thread = place([...this.#threads], solo, this.options.maxThreads) ?? this.#startThread();
    thread.solo = solo;
    return thread;
  }

  #startThread(): HostThread {
    const { name, idleMs = IDLE_MS } = this.options;
    const thread = new HostThread(`${name}-${++this.#lastThread}`, this.options, {
      abandoned: ({ key }) => this.#abandoned(key),
      empty: (emptied) => emptied.endAfter(idleMs),
    });
    this.#threads.add(thread);
    void thread.dead.then((death) => this.#buried(thread, death));
    return thread;
  }

  #abandoned(key: string): void {
    this.#solo.add(key);
    log.warn({ key }, 'plugin code did not end in time and was abandoned');
  }

  #buried(thread: HostThread, death: Death): void {
    this.#threads.delete(thread);
    const living = [...thread.instances.values()];
    if (this.#closed) {
      for (const instance of living) instance.drop();
      return;
    }
    const verdict = blame(death, [...thread.instances.keys()], [...thread.abandoned]);
    const guilty = living.filter(({ id }) => verdict.guilty.includes(id));
    const suspects = living.filter(({ id }) => verdict.suspects.includes(id));
    if (!death.starting) for (const { key } of [...guilty, ...suspects]) this.#solo.add(key);
    if (living.length > 0 || death.culprit !== undefined) {
      const keys = (those: HostedInstance[]): string[] => those.map(({ key }) => key);
      const found = { guilty: keys(guilty), suspects: keys(suspects), instances: living.length };
      log.warn({ thread: thread.name, ...found, err: death.error }, 'host thread died');
    }
    for (const instance of living) instance.lost(guilty.includes(instance) ? death.error : undefined);
  }

  #look(): void {
    const residentBytes = process.memoryUsage.rss();
    for (const thread of this.#threads) thread.look(residentBytes);
  }
}
