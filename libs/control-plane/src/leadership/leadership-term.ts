import type { ConfigProviders } from '@tributary/config-schemas';
import { setTimeout as delay } from 'node:timers/promises';
import type {
  AutoRestartTarget,
  ConfigListener,
  ConfigStore,
  ConfigWriter,
  StatusStore,
  TaskId,
} from '@tributary/kafka-storage';
import { loggerFor } from '@tributary/observability';
import { retrying } from '../change/backoff.js';
import type { ChangeQueue } from '../change/change-queue.js';
import type { ConnectorObserver } from '../connector/connector-observer.js';
import { ConnectorSupervisor } from '../connector/connector-supervisor.js';
import type { ConnectorLauncher } from '../connector/launcher.js';
import { NotLeaderError } from '../errors.js';
import { AutoRestarts } from '../restart/auto-restarts.js';
import type { AutoRestartOptions } from '../restart/auto-restarts.js';
import type { Now } from '../change/stages.js';
import { ExpiringValues } from './expiring-values.js';
import { isFenced } from './fencing.js';
import { SessionKeyTimer } from './session-key-timer.js';
import type { SessionKeyKeeper } from './session-keys.js';
import type { StatusUpkeep } from './status-upkeep.js';
import { taskPublisher } from './task-publisher.js';

const log = loggerFor('herder.leader');

/** From a change to the clean-up after it, milliseconds. */
const TIDY_PAUSE_MS = 50;
/** How long the last words may take, milliseconds: Kafka may be away. */
const FAREWELL_LIMIT_MS = 5_000;

/** What a term of leadership works on. */
export interface TermParts {
  readonly configs: ConfigStore;
  readonly statuses: StatusStore;
  readonly writer: ConfigWriter;
  readonly upkeep: StatusUpkeep;
  readonly sessionKeys: SessionKeyKeeper;
  readonly launcher: ConnectorLauncher;
  readonly observer: ConnectorObserver | undefined;
  readonly restarts: AutoRestartOptions | undefined;
  /** The executor that runs a task; throws where none does. */
  readonly ownerUrl: (id: TaskId) => string;
  readonly providers: ConfigProviders;
  readonly queue: ChangeQueue;
  readonly now: Now;
  /** the end of this herder's own term before */
  readonly before: Promise<void>;
  /** Called when another herder has taken the config topic over: the group must say anew who leads. */
  readonly deposed: () => void;
}

/**
 * All that a herder does from the moment it leads until it no longer does. First of all it claims the config topic,
 * which fences whoever led before; every change asked for meanwhile waits for that. When the term is over nothing of
 * it writes any more: what it still tries is refused by its own queue, and by Kafka.
 */
export class LeadershipTerm {
  readonly #over = new AbortController();
  readonly #connectors: ConnectorSupervisor;
  readonly #restarts: AutoRestarts | undefined;
  readonly #keyTimer: SessionKeyTimer;
  readonly #expiring: ExpiringValues;
  readonly #begun: Promise<void>;
  /** connectors whose statuses are to be looked at */
  readonly #untidy = new Set<string>();
  #unsubscribe: (() => void)[] = [];

  constructor(private readonly parts: TermParts) {
    this.#keyTimer = new SessionKeyTimer(parts.sessionKeys, (renew) =>
      this.change('writing a new session key to the config topic', renew),
    );
    this.#expiring = new ExpiringValues(parts.configs, parts.providers, (connector) =>
      this.change(`writing restart request for connector ${connector} to the config topic`, () =>
        parts.writer.putRestartRequest({ connector, includeTasks: true, onlyFailed: false }),
      ),
    );
    this.#connectors = new ConnectorSupervisor(parts.configs, parts.statuses, {
      launcher: parts.launcher,
      observer: parts.observer,
      report: async (...state) => {
        if (!this.over) await parts.upkeep.reportConnector(...state);
      },
      ...taskPublisher(parts.configs, parts.writer, (stage, change) => this.change(stage, change)),
    });
    this.#restarts = parts.restarts && this.#autoRestarts(parts.restarts);
    this.#begun = parts.queue
      .runUnbounded('reclaiming write privileges for the config topic', () => this.#begin())
      .catch((error: unknown) => this.#mishap(error));
  }

  /** True once another herder has taken over, also before the group has said so. */
  get over(): boolean {
    return this.#over.signal.aborted;
  }

  /** One change of the config topic, in its turn, for as long as it takes. */
  async change<T>(stage: string, change: () => Promise<T>): Promise<T> {
    return this.parts.queue.runUnbounded(stage, () => this.#guard(change));
  }

  /** One change that somebody waits for: the answer is given up after the queue's limit. */
  async request<T>(stage: string, change: () => Promise<T>, limitMs?: number): Promise<T> {
    return this.parts.queue.run(stage, () => this.#guard(change), limitMs);
  }

  /** Restarts a connector's instance alone, as soon as the term has begun. Resolves when it runs. */
  async restart(name: string): Promise<void> {
    await this.#begun;
    this.#over.signal.throwIfAborted();
    try {
      await this.#connectors.restart(name);
    } catch (error) {
      if (!this.over) throw error;
      throw new NotLeaderError(undefined, { cause: error, undecided: true });
    }
  }

  /** To be called before a user's restart of a connector's instance alone, or of one task. */
  restartedByUser(target: AutoRestartTarget): void {
    this.#restarts?.restartedByUser(target);
  }

  /** To be called with each new assignment within the term: who runs what has changed. */
  reassigned(): void {
    this.#begun.then(() => this.#tidy()).catch((error: unknown) => this.#mishap(error));
  }

  /**
   * Stops everything at once; resolves when all connectors are gone. With `farewell` their states become UNASSIGNED:
   * this herder leaves of its own will.
   */
  async end(leaderUrl: string | undefined, options: { farewell: boolean }): Promise<void> {
    const names = options.farewell && !this.over ? this.parts.configs.snapshot().connectors() : [];
    this.#over.abort(new NotLeaderError(leaderUrl));
    this.parts.queue.close(new NotLeaderError(leaderUrl));
    this.#keyTimer.stop();
    this.#restarts?.stop();
    this.#expiring.stop();
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
    await this.#connectors.stop();
    log.info('this herder leads no more');
    const farewells = names.map((name) => this.parts.upkeep.reportConnector(name, 'UNASSIGNED', null, null));
    await Promise.race([Promise.all(farewells), delay(FAREWELL_LIMIT_MS, undefined, { ref: false })]);
    // Also ends a claim that is still under way.
    await this.parts.writer.release().catch((error: unknown) => log.warn({ err: error }, 'config topic not released'));
    await this.#begun;
  }

  #autoRestarts(options: AutoRestartOptions): AutoRestarts {
    const { configs, statuses, ownerUrl, now } = this.parts;
    return new AutoRestarts({
      ...options,
      configs,
      statuses,
      now,
      restartConnector: (name) => this.#connectors.restart(name),
      restartTask: async (id) => options.restartTaskAt(ownerUrl(id), id),
    });
  }

  async #begin(): Promise<void> {
    const { configs, statuses, writer } = this.parts;
    const { signal } = this.#over;
    await this.parts.before;
    await retrying(() => writer.claim(), {
      signal,
      retriable: (error) => !isFenced(error),
      failed: (error, pauseMs) => log.warn({ err: error, pauseMs }, 'cannot take the config topic over yet'),
    });
    await statuses.refresh();
    signal.throwIfAborted();
    this.#connectors.start();
    this.#unsubscribe = [
      configs.subscribe(this.#connectors),
      configs.subscribe(this.#expiring),
      configs.subscribe(this.#tidyOnChange()),
      statuses.subscribe({ statusChanged: (name) => this.#tidyIfSurplus(name) }),
    ];
    this.#restarts?.start();
    log.info({ connectors: configs.snapshot().connectors().length }, 'this herder leads the cluster');
    this.#keyTimer.start();
    this.#expiring.start();
    this.#tidy();
  }

  async #guard<T>(change: () => Promise<T>): Promise<T> {
    try {
      return await change();
    } catch (error) {
      if (!isFenced(error)) throw error;
      const reason = new NotLeaderError(undefined, { cause: error });
      this.#giveUp(reason);
      throw reason;
    }
  }

  #tidyOnChange(): ConfigListener {
    return {
      connectorRemoved: (name) => this.#tidySoon(name),
      taskConfigsChanged: (name) => this.#tidySoon(name),
    };
  }

  /** A task of a deleted connector, or a surplus one, may report once more before it hears of its end. */
  #tidyIfSurplus(name: string): void {
    const { configs, statuses } = this.parts;
    const snapshot = configs.snapshot();
    const deleted = snapshot.connectorConfig(name) === undefined;
    if (deleted || statuses.tasks(name).length > snapshot.tasks(name).length) this.#tidySoon(name);
  }

  /** Changes come in bursts, one per task: they are looked at together. */
  #tidySoon(name: string): void {
    if (this.#untidy.size === 0) setTimeout(() => this.#tidyUp(), TIDY_PAUSE_MS).unref();
    this.#untidy.add(name);
  }

  #tidyUp(): void {
    const names = [...this.#untidy];
    this.#untidy.clear();
    if (!this.over) for (const name of names) void this.parts.upkeep.tidyConnector(name);
  }

  #tidy(): void {
    if (!this.over) void this.parts.upkeep.tidy();
  }

  #mishap(error: unknown): void {
    if (this.over) return;
    log.error({ err: error }, 'this herder cannot lead');
    this.#giveUp(new NotLeaderError(undefined, { cause: error }));
  }

  /** From here on nothing is written; the connectors run on, unheard, until `end`. */
  #giveUp(reason: NotLeaderError): void {
    if (this.over) return;
    this.#over.abort(reason);
    this.#restarts?.stop();
    this.parts.queue.close(reason);
    this.parts.deposed();
  }
}
