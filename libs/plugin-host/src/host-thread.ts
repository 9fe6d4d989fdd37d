import { Worker } from 'node:worker_threads';
import { ConnectError } from '@tributary/connect-api';
import type { HostPoolOptions } from './api.js';
import type { Death } from './blame.js';
import { probe, probeGate, type Finding } from './culprit-probe.js';
import { deferred, settlesWithin } from './deferred.js';
import { GrowthWatch } from './growth-watch.js';
import { Heartbeat } from './heartbeat.js';
import type { HostedInstance } from './hosted-instance.js';
import { MemoryEvidence } from './memory-evidence.js';
import { hardLimitMb, outOfMemory, type MemoryLimit } from './memory-guard.js';
import type { PlacementThread } from './placement.js';
import type { ThreadData, ToMain, ToThread } from './protocol.js';
import { decodeError } from './wire-error.js';

/** A thread stuck in native code cannot be terminated; nobody waits longer for it. */
const EXIT_LIMIT_MS = 5000;
const START_LIMIT_MS = 60_000;
const PROBE_LIMIT_MS = 1000;
/** a full collection of a large heap takes its time */
const MEASURE_LIMIT_MS = 5000;
/**
 * What a batch is made of lives until the batch is done, and is copied by each collection of new objects before that: with
 * room for more new objects than V8's 48 MiB there are fewer. Used only by threads that make as many.
 */
const YOUNG_MB = 128;

/** What the pool hears from a thread. */
export interface HostThreadOwner {
  /** the instance's clean-up did not end in time */
  abandoned(instance: HostedInstance): void;
  /** the last instance has left, and the thread is fit for others */
  empty(thread: HostThread): void;
}

/**
 * One worker thread, seen from the main thread. STARTING until its entry has loaded, then SERVING, then ENDING from the
 * first reason to end it, whoever gives it, and dead once the thread has really exited: nobody hears of the death
 * before, so that nothing is hosted elsewhere while the old code still runs.
 */
export class HostThread implements PlacementThread {
  readonly instances = new Map<number, HostedInstance>();
  /** given up while their code hung; a thread that has some takes no more instances */
  readonly abandoned = new Set<number>();
  solo = false;
  readonly #ready = deferred<void>();
  readonly #dead = deferred<Death>();
  readonly #worker: Worker;
  readonly #heartbeat: Heartbeat;
  readonly #memory: MemoryLimit;
  readonly #growth: GrowthWatch;
  readonly #evidence: MemoryEvidence;
  #state: 'starting' | 'serving' | 'ending' = 'starting';
  #death: Death | undefined;
  #measuring = false;
  readonly #startTimer: NodeJS.Timeout;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(
    readonly name: string,
    private readonly options: HostPoolOptions,
    private readonly owner: HostThreadOwner,
  ) {
    this.#heartbeat = new Heartbeat(options.unresponsiveMs);
    const { counter, beatMs } = this.#heartbeat;
    this.#memory = { mb: options.memoryMb, property: options.memoryProperty ?? 'executor.host.memory.mb' };
    this.#growth = new GrowthWatch(options.memoryMb);
    this.#evidence = new MemoryEvidence(options.memoryMb);
    const { workerData: data } = options;
    const workerData: ThreadData = { heartbeat: counter, beatMs, memory: this.#memory, workerData: data };
    const resourceLimits = { maxOldGenerationSizeMb: hardLimitMb(this.#memory), maxYoungGenerationSizeMb: YOUNG_MB };
    this.#worker = new Worker(options.entry, { name, workerData, resourceLimits });
    this.#startTimer = setTimeout(() => this.#notReady(), options.startMs ?? START_LIMIT_MS);
    this.#worker.on('message', (message: ToMain) => this.#receive(message));
    this.#worker.on('messageerror', (error) => void this.#end(error, undefined));
    this.#worker.on('error', (error) => void this.#end(this.#explain(error), undefined));
    this.#worker.on('exit', (code) => void this.#end(this.#ended(code), undefined));
    this.#ready.promise.catch(() => undefined);
  }

  /** Resolves when instances can be made; rejects with the reason if that never happens. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Resolves when the thread's code runs no more, or cannot be made to stop. */
  get dead(): Promise<Death> {
    return this.#dead.promise;
  }

  get load(): number {
    return this.instances.size;
  }

  get open(): boolean {
    return this.#state !== 'ending' && this.abandoned.size === 0;
  }

  post(message: ToThread): void {
    this.#worker.postMessage(message);
  }

  /**
   * Called every {@link Heartbeat.beatMs}; ends the thread if its event loop has been still for too long, or if it is
   * still while an instance makes the heap grow beyond its limit. `residentBytes`: memory of the whole process.
   */
  look(residentBytes: number): void {
    if (this.#state !== 'serving') return;
    this.#heartbeat.look();
    const answering = !this.#heartbeat.faltering;
    if (answering) this.#evidence.forget();
    if (this.#heartbeat.unresponsive) void this.#endBlocked();
    else if (this.#growth.suspicious(answering, residentBytes)) void this.#checkMemory();
  }

  add(instance: HostedInstance): void {
    clearTimeout(this.#idleTimer);
    this.instances.set(instance.id, instance);
  }

  /** `answered`: its clean-up is done; otherwise its code may still run, and the thread ends as soon as it is free. */
  async release(instance: HostedInstance, answered: boolean): Promise<void> {
    this.instances.delete(instance.id);
    if (!answered) {
      this.abandoned.add(instance.id);
      this.owner.abandoned(instance);
      this.#heartbeat.look();
    }
    if (this.#state === 'ending') await this.dead;
    else if (!answered && this.#heartbeat.faltering) await this.#endBlocked();
    else if (this.load > 0) return;
    else if (this.open) this.owner.empty(this);
    else await this.end();
  }

  /** Finds out whose code blocks the thread, and ends it. */
  async #endBlocked(): Promise<void> {
    if (this.#state === 'ending') return;
    this.#state = 'ending';
    const finding = await probe(this.#worker, false, PROBE_LIMIT_MS, () => this.#death === undefined);
    const { unresponsiveMs, unresponsiveProperty = 'executor.host.unresponsive.ms' } = this.options;
    const limit = `${unresponsiveMs} ms (${unresponsiveProperty})`;
    const text = `plugin code blocked its thread: the event loop did not turn for ${limit}`;
    await this.#endBy(new ConnectError(text), finding);
  }

  async #checkMemory(): Promise<void> {
    if (this.#measuring) return;
    this.#measuring = true;
    const finding = await probe(this.#worker, true, MEASURE_LIMIT_MS, () => this.#state === 'serving');
    this.#measuring = false;
    const serving = this.#state === 'serving';
    if (finding && serving && this.#evidence.proves(finding)) await this.#endBy(outOfMemory(this.#memory), finding);
  }

  async #endBy(error: Error, finding: Finding | undefined): Promise<void> {
    if (finding) error.stack = `${error.name}: ${error.message}${finding.frames}`;
    await this.#end(error, finding?.instance);
  }

  /** Ends a thread that is not needed any more. Resolves when it has exited, or cannot be made to. */
  async end(): Promise<void> {
    await this.#end(new ConnectError('the thread was not needed any more'), undefined);
  }

  /** Keeps the empty thread for so long, for whoever comes next. */
  endAfter(ms: number): void {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => void this.end(), ms).unref();
  }

  /** The first reason counts. */
  async #end(error: Error, culprit: number | undefined): Promise<void> {
    this.#death ??= { error, culprit, starting: this.#state === 'starting' };
    this.#state = 'ending';
    clearTimeout(this.#startTimer);
    clearTimeout(this.#idleTimer);
    await probeGate.end(() => settlesWithin(this.#worker.terminate(), EXIT_LIMIT_MS));
    this.#ready.reject(this.#death.error);
    this.#dead.resolve(this.#death);
  }

  #receive(message: ToMain): void {
    if (message.type === 'ready') {
      if (this.#state !== 'starting') return;
      clearTimeout(this.#startTimer);
      this.#state = 'serving';
      this.#ready.resolve();
    } else if (message.type === 'setupFailed') {
      const error = decodeError(message.error);
      void this.#end(this.#startFailed(error), undefined);
    } else if (message.type === 'dying') {
      void this.#end(decodeError(message.error), message.culprit);
    } else {
      if (message.type === 'destroyed') this.abandoned.delete(message.id);
      this.instances.get(message.id)?.receive(message);
    }
  }

  #notReady(): void {
    if (this.#state !== 'starting') return;
    const error = new ConnectError(`its entry did not load within ${this.options.startMs ?? START_LIMIT_MS} ms`);
    void this.#end(this.#startFailed(error), undefined);
  }

  #explain(error: Error): Error {
    if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
      return outOfMemory(this.#memory, error);
    }
    if (this.#state === 'starting') return this.#startFailed(error);
    return error;
  }

  #startFailed(cause: Error): Error {
    const { name, entry } = this.options;
    return new ConnectError(`starting a ${name} thread with ${entry.href}: ${cause.message}`, { cause });
  }

  #ended(code: number): Error {
    const error = new ConnectError(`its thread ended with exit code ${code}`);
    return this.#state === 'starting' ? this.#startFailed(error) : error;
  }
}
