import type { RestartSettings } from '@tributary/config-schemas';
import type { AutoRestart, AutoRestartTarget, Status } from '@tributary/kafka-storage';
import { loggerFor } from '@tributary/observability';
import { MomentaryConflictError } from '../errors.js';
import { booked, dueIn, withoutPlan, type Sight } from './restart-book.js';

const log = loggerFor('herder.restarts');

/** How long a restart may take until it shows, milliseconds; after that the failure counts as a new one. */
const SHOW_LIMIT_MS = 90_000;
/** Longest time that a Node timer can wait, milliseconds. */
const TIMER_LIMIT_MS = 2_147_483_647;

/** What a watch needs of its surroundings. */
export interface WatchSurroundings {
  readonly status: () => Status | undefined;
  /** undefined: nothing is to be restarted now, as it is switched off, or the target is paused, stopped or gone */
  readonly settings: () => RestartSettings | undefined;
  /** Stores what is noted. Never rejects. */
  readonly note: (entry: AutoRestart | undefined) => Promise<void>;
  /** Rejects with a `MomentaryConflictError` where nothing was restarted, as nobody runs it. */
  readonly restart: () => Promise<void>;
  readonly now: () => number;
  /** from 0 to 1 */
  readonly chance: () => number;
}

/** A status that was seen, and until when, in milliseconds since the epoch, that means nothing new. */
interface SeenFailure {
  readonly status: Status | undefined;
  readonly until: number;
}

/**
 * Restarts one connector or task that fails, as {@link booked} plans it. What is noted is stored before it is done, so
 * that the next leader never makes more attempts than are allowed.
 */
export class RestartWatch {
  /** the failure for which a restart has been asked for, by us or by a user */
  #restarting: SeenFailure | undefined;
  #running: { readonly status: Status; readonly since: number } | undefined;
  /** at the next look the attempts are to be forgotten, or only the plan for another one */
  #dropped: 'attempts' | 'plan' | undefined;
  #looking = false;
  #again = false;
  #over = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly target: AutoRestartTarget,
    /** as the leader before has left it */
    private entry: AutoRestart | undefined,
    private readonly surroundings: WatchSurroundings,
  ) {}

  /** True where nothing is noted, so that nothing is lost with this watch. */
  get idle(): boolean {
    return this.entry === undefined;
  }

  /** To be called whenever its status or settings may have changed. It looks once what is under way now is through. */
  look(): void {
    this.#again = true;
    if (this.#looking || this.#over) return;
    this.#looking = true;
    void this.#lookUntilStill();
  }

  /** It is started by somebody else now, for another reason: the failure that is seen is an old one. */
  startedElsewhere(): void {
    this.#restarting = this.#seen();
    this.#dropped ??= 'plan';
    this.look();
  }

  /** A user has it restarted: earlier attempts count no more. */
  restartedByUser(): void {
    this.#restarting = this.#seen();
    this.#dropped = 'attempts';
    this.look();
  }

  /** A user has changed what it is to be: earlier attempts count no more, and a failure is looked at anew. */
  changedByUser(): void {
    this.#restarting = undefined;
    this.#dropped = 'attempts';
    this.look();
  }

  stop(): void {
    this.#over = true;
    clearTimeout(this.#timer);
  }

  async #lookUntilStill(): Promise<void> {
    await Promise.resolve();
    while (this.#again && !this.#over) {
      this.#again = false;
      await this.#step();
    }
    this.#looking = false;
  }

  async #step(): Promise<void> {
    clearTimeout(this.#timer);
    const { now, chance } = this.surroundings;
    const settings = this.surroundings.settings();
    const sight = this.#sight();
    const before = this.#kept();
    this.#dropped = undefined;
    const next = settings && booked(before, sight, settings, now(), chance());
    if (next !== this.entry) await this.#note(next, settings);
    if (settings === undefined || this.#again) return;
    if (next?.nextAt !== null && next?.nextAt !== undefined && next.nextAt <= now() && !sight.restarting) {
      return this.#attempt(next, settings);
    }
    this.#lookIn(sight.restarting ? this.#restartShowsIn() : dueIn(next, sight, settings, now()));
  }

  /** What was noted, as far as it still counts. */
  #kept(): AutoRestart | undefined {
    if (this.#dropped === undefined || this.entry === undefined) return this.entry;
    return this.#dropped === 'attempts' ? undefined : withoutPlan(this.entry);
  }

  async #note(next: AutoRestart | undefined, settings: RestartSettings | undefined): Promise<void> {
    const before = this.entry;
    this.entry = next;
    const { connector, task } = this.target;
    const facts = { connector, task, attempts: next?.attempts };
    const name = this.#name;
    if (next === undefined) {
      if (before !== undefined) log.info({ connector, task }, `restarts of ${name} are counted from the beginning`);
    } else if (next.nextAt !== null) {
      log.info({ ...facts, next: new Date(next.nextAt).toISOString() }, `${name} has failed and will be restarted`);
    } else if (next.givenUp === 'fatal') {
      log.warn(facts, `${name} is not restarted: its failure does not pass by itself`);
    } else if (next.givenUp === 'attempts') {
      log.warn({ ...facts, max: settings?.maxAttempts }, `${name} is not restarted any more: its attempts are used up`);
    }
    await this.surroundings.note(next);
  }

  async #attempt(planned: AutoRestart, settings: RestartSettings): Promise<void> {
    const { connector, task } = this.target;
    const attempts = planned.attempts + 1;
    const made: AutoRestart = { attempts, nextAt: null, givenUp: null };
    this.#restarting = this.#seen();
    this.entry = made;
    await this.surroundings.note(made);
    // Paused, changed or restarted by a user meanwhile.
    if (this.#over || this.#dropped !== undefined || this.surroundings.settings() === undefined) return this.look();
    log.info({ connector, task, attempt: attempts, max: settings.maxAttempts }, `restarting ${this.#name}`);
    this.surroundings.restart().then(
      () => this.look(),
      (error: unknown) => this.#restartFailed(error, made),
    );
    this.#lookIn(this.#restartShowsIn());
  }

  /** An attempt that nobody could make is not counted, and made again soon. */
  #restartFailed(error: unknown, made: AutoRestart): void {
    if (this.#over) return;
    const { connector, task } = this.target;
    log.warn({ connector, task, err: error }, `the restart of ${this.#name} did not succeed`);
    // Else it has been changed or restarted by a user meanwhile.
    if (this.entry === made) {
      this.#restarting = undefined;
      if (error instanceof MomentaryConflictError) this.entry = { ...made, attempts: made.attempts - 1 };
    }
    this.look();
  }

  get #name(): string {
    const { connector, task } = this.target;
    return task === undefined ? `connector ${connector}` : `task ${connector}-${task}`;
  }

  #sight(): Sight {
    const { now } = this.surroundings;
    const status = this.surroundings.status();
    if (status?.state !== 'RUNNING') this.#running = undefined;
    else if (this.#running?.status !== status) this.#running = { status, since: now() };
    const { status: seen, until } = this.#restarting ?? { until: 0 };
    if (seen !== status || now() >= until) this.#restarting = undefined;
    return { status, runningSince: this.#running?.since, restarting: this.#restarting !== undefined };
  }

  #seen(): SeenFailure {
    return { status: this.surroundings.status(), until: this.surroundings.now() + SHOW_LIMIT_MS };
  }

  #restartShowsIn(): number {
    return Math.max(0, (this.#restarting?.until ?? 0) - this.surroundings.now());
  }

  #lookIn(ms: number | undefined): void {
    clearTimeout(this.#timer);
    if (ms === undefined || this.#over) return;
    this.#timer = setTimeout(() => this.look(), Math.min(ms, TIMER_LIMIT_MS)).unref();
  }
}
