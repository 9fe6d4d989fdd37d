import { ConnectError, traceOf } from '@tributary/connect-api';
import type { ConnectorConfig, ConnectorState, TargetState } from '@tributary/kafka-storage';
import { loggerFor, withLogContext } from '@tributary/observability';
import { Interrupted, Interruption } from './interruption.js';
import type { ConnectorObserver } from './connector-observer.js';
import type { ConnectorEvents, ConnectorLauncher, LaunchedConnector } from './launcher.js';
import type { GeneratedTasks } from './task-configs.js';

const log = loggerFor('herder.connector');

/** How long a connector may take to stop before its thread goes, milliseconds; the reference's. */
const STOP_LIMIT_MS = 5_000;

/** What the config topic says of a connector. A new config object means that it was written again. */
export interface DesiredConnector {
  readonly config: ConnectorConfig;
  readonly state: TargetState;
}

/** What a lifecycle needs of its surroundings. */
export interface LifecycleSurroundings {
  readonly launcher: ConnectorLauncher;
  readonly observer?: ConnectorObserver | undefined;
  /** Stores the connector's state, in the order of the calls. Never rejects. */
  report(name: string, state: ConnectorState, trace: string | null, version: string | null): Promise<void>;
  /** Stores the task configs if they differ from the stored ones. Goes on trying until it is stored or `signal` aborts. */
  publish(name: string, config: ConnectorConfig, generated: GeneratedTasks, signal: AbortSignal): Promise<void>;
  /** Does `work` again, later and later, as long as it throws retriable errors and `signal` is not aborted. */
  retry<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

interface Restart {
  readonly announce: boolean;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Keeps one connector as the config topic wants it. There is an instance only while the target state is STARTED and
 * the connector has not failed: pausing or stopping ends it, resuming makes a new one.
 *
 * One loop brings what is into line with what is wanted, a step at a time. A change asked for meanwhile interrupts a
 * step that waits for the plugin, so a connector that hangs can still be changed, stopped, restarted and deleted. A
 * failed connector stays FAILED until its config changes, it is restarted, or it is stopped.
 */
export class ConnectorLifecycle {
  #instance: LaunchedConnector | undefined;
  /** number of the present launch */
  #launch = 0;
  #applied: DesiredConnector | undefined;
  /** a step was left half-way: the instance is in no known state */
  #unfinished = false;
  /** an instance has been asked for and does not run yet */
  #starting = false;
  #failed = false;
  #failure: Error | undefined;
  #reconfigure = false;
  #restarts: Restart[] = [];
  #dirty = false;
  #ended = false;
  #interruption = new Interruption();
  #running: Promise<void> | undefined;

  constructor(
    readonly name: string,
    private desired: DesiredConnector,
    private readonly surroundings: LifecycleSurroundings,
    /** the end of a namesake that was deleted just before */
    private readonly before: Promise<void> = Promise.resolve(),
  ) {
    this.#wake();
  }

  /** To be called with each change read from the config topic. */
  update(desired: DesiredConnector): void {
    if (desired.config === this.desired.config && desired.state === this.desired.state) return;
    this.desired = desired;
    this.#interruption.interrupt();
    this.#wake();
  }

  /** A new instance in place of the present one. Resolves when it runs, or rests as wanted; rejects when it fails. */
  restart(options: { announce: boolean }): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#restarts.push({ ...options, resolve, reject });
      this.#interruption.interrupt();
      this.#wake();
    });
  }

  /** Ends the instance; no state is stored any more. Resolves when it is gone. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#interruption.interrupt();
    await this.#running;
    for (const restart of this.#restarts.splice(0)) restart.reject(new Interrupted());
    await this.#drop();
    this.surroundings.observer?.gone(this.name);
  }

  #wake(): void {
    this.#dirty = true;
    // Begins in a later turn, so that changes of the same turn make one step.
    this.#running ??= this.before
      .then(() => withLogContext({ connector: this.name, scope: 'worker' }, () => this.#run()))
      .finally(() => {
        this.#running = undefined;
        // Woken between the last look and here.
        if (this.#dirty && !this.#ended) this.#wake();
      });
  }

  async #run(): Promise<void> {
    while (this.#dirty && !this.#ended) {
      this.#dirty = false;
      this.#interruption = new Interruption();
      const restarts = this.#restarts.splice(0);
      try {
        await this.#step(this.desired, restarts);
        for (const restart of restarts) restart.resolve();
      } catch (error) {
        await this.#leftHalfWay(error, restarts);
      }
    }
  }

  async #step(desired: DesiredConnector, restarts: readonly Restart[]): Promise<void> {
    const { launcher } = this.surroundings;
    if (restarts.some((restart) => restart.announce)) {
      await this.#report('RESTARTING', null, launcher.versionOf(desired.config));
    }
    const anew = restarts.length > 0 || this.#unfinished || desired.config !== this.#applied?.config;
    if (this.#failed && !anew && desired.state !== 'STOPPED') {
      if (desired === this.#applied) return;
      log.warn(`connector cannot become ${desired.state} since it has failed: restart it or change its config`);
      return;
    }
    if (desired.state !== 'STARTED') return this.#rest(desired);
    if (anew || this.#instance === undefined) await this.#start(desired);
    else if (this.#failure !== undefined) throw this.#failure;
    else if (!this.#reconfigure) return;
    await this.#publish(desired);
  }

  async #rest(desired: DesiredConnector): Promise<void> {
    const state = desired.state === 'PAUSED' ? 'PAUSED' : 'STOPPED';
    await this.#drop();
    this.#begin(desired);
    this.#unfinished = false;
    log.info(`connector is ${state}`);
    await this.#report(state, null, this.surroundings.launcher.versionOf(desired.config));
  }

  async #start(desired: DesiredConnector): Promise<void> {
    await this.#drop();
    this.#begin(desired);
    this.#starting = true;
    const { launcher } = this.surroundings;
    this.#instance = await launcher.launch(this.name, desired.config, this.#listen(), this.#interruption.signal);
    await this.#interruption.orWait(this.#instance.start());
    this.#starting = false;
    this.surroundings.observer?.startTried(true);
    log.info({ version: this.#instance.version }, 'connector is RUNNING');
    await this.#report('RUNNING', null, this.#instance.version);
  }

  #begin(desired: DesiredConnector): void {
    this.#starting = false;
    this.#applied = desired;
    this.#unfinished = true;
    this.#failed = false;
    this.#failure = undefined;
  }

  async #publish(desired: DesiredConnector): Promise<void> {
    const instance = this.#instance;
    if (instance === undefined) return;
    this.#reconfigure = false;
    const { signal } = this.#interruption;
    const { retry, publish } = this.surroundings;
    const generated = await this.#interruption.orWait(retry(() => instance.taskConfigs(), signal));
    await this.#interruption.orWait(publish(this.name, desired.config, generated, signal));
    this.#unfinished = false;
  }

  async #leftHalfWay(error: unknown, restarts: readonly Restart[]): Promise<void> {
    if (this.#interruption.interrupted) {
      this.#restarts.unshift(...restarts);
      return;
    }
    const version = this.#instance?.version ?? this.surroundings.launcher.versionOf(this.desired.config);
    // A call to an instance that is gone only says so; the instance's own failure says why.
    const reason = this.#failure ?? error;
    if (this.#starting) this.surroundings.observer?.startTried(false);
    this.#starting = false;
    this.#failed = true;
    this.#unfinished = false;
    this.#failure = undefined;
    log.error({ err: reason }, 'connector is FAILED');
    await this.#report('FAILED', traceOf(reason), version).catch(() => undefined);
    for (const restart of restarts) {
      restart.reject(new ConnectError(`Failed to start connector: ${this.name}`, { cause: reason }));
    }
    await this.#drop();
  }

  /** The ears for the instance about to be launched; deaf to what it says while it is being ended. */
  #listen(): ConnectorEvents {
    const launch = this.#launch;
    const hear = (event: () => void): void => {
      if (launch !== this.#launch) return;
      event();
      this.#wake();
    };
    return {
      reconfigure: () => hear(() => (this.#reconfigure = true)),
      failed: (error) => hear(() => (this.#failure = error)),
      gone: () =>
        hear(() => {
          this.#unfinished = true;
          this.#interruption.interrupt();
        }),
    };
  }

  async #drop(): Promise<void> {
    const instance = this.#instance;
    this.#instance = undefined;
    this.#launch++;
    await instance?.destroy(STOP_LIMIT_MS);
  }

  async #report(state: ConnectorState, trace: string | null, version: string | null): Promise<void> {
    if (this.#ended) return;
    this.surroundings.observer?.reached(this.name, this.desired.config, state);
    await this.#interruption.orWait(this.surroundings.report(this.name, state, trace, version));
  }
}
