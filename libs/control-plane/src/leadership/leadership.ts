import type { ConfigProviders } from '@tributary/config-schemas';
import type { ConfigStore, ConfigWriter, StatusStore } from '@tributary/kafka-storage';
import { ChangeQueue } from '../change/change-queue.js';
import type { Now } from '../change/stages.js';
import type { ConnectorObserver } from '../connector/connector-observer.js';
import type { ConnectorLauncher } from '../connector/launcher.js';
import { NotLeaderError } from '../errors.js';
import type { AutoRestartOptions } from '../restart/auto-restarts.js';
import { ownerOf } from './assignment.js';
import type { HerderAssignment } from './assignment.js';
import { LeadershipTerm } from './leadership-term.js';
import { SessionKeyKeeper } from './session-keys.js';
import type { SessionKeyOptions } from './session-keys.js';
import { StatusUpkeep } from './status-upkeep.js';

export interface LeadershipOptions {
  readonly configs: ConfigStore;
  readonly statuses: StatusStore;
  readonly writer: ConfigWriter;
  readonly launcher: ConnectorLauncher;
  /** hears how the connectors that run here fare */
  readonly observer?: ConnectorObserver;
  /** not set: nothing is restarted by itself */
  readonly restarts?: AutoRestartOptions;
  /** advertised host:port, under which this herder's connectors are shown */
  readonly workerId: string;
  readonly sessionKeys: SessionKeyOptions;
  /** where variables of connector configs are looked up */
  readonly providers: ConfigProviders;
  /** Asks the group to say anew who leads. */
  readonly requestRejoin: () => void;
  readonly now?: Now;
}

const NOBODY: HerderAssignment = { generation: -1, leaderUrl: undefined, leading: false, members: [] };

/** Turns what the group says into terms of leadership, one after the other, never two at a time. */
export class Leadership {
  readonly #upkeep: StatusUpkeep;
  readonly #sessionKeys: SessionKeyKeeper;
  readonly #now: Now;
  #assignment = NOBODY;
  #term: LeadershipTerm | undefined;
  #stopped = false;
  /** the end of the term before */
  #ended: Promise<void> = Promise.resolve();

  constructor(private readonly options: LeadershipOptions) {
    const { configs, statuses, writer, workerId, sessionKeys, now = Date.now } = options;
    this.#now = now;
    this.#upkeep = new StatusUpkeep(configs, statuses, workerId, () => this.#assignment);
    this.#sessionKeys = new SessionKeyKeeper(configs, writer, sessionKeys, now);
  }

  get assignment(): HerderAssignment {
    return this.#assignment;
  }

  get leading(): boolean {
    return this.#term !== undefined && !this.#term.over;
  }

  /** The present term; throws a {@link NotLeaderError} where another herder leads, or none is known to. */
  term(): LeadershipTerm {
    if (this.#term !== undefined && !this.#term.over) return this.#term;
    throw new NotLeaderError(this.#assignment.leading ? undefined : this.#assignment.leaderUrl);
  }

  assigned(assignment: HerderAssignment): void {
    if (this.#stopped) return;
    this.#assignment = assignment;
    if (assignment.leading && this.leading) {
      this.#term?.reassigned();
      return;
    }
    this.#end({ farewell: false });
    if (assignment.leading) this.#term = this.#begin();
  }

  lost(): Promise<void> {
    this.#assignment = NOBODY;
    return this.#end({ farewell: false });
  }

  /** Ends for good; with `farewell` see {@link LeadershipTerm.end}. */
  stop(): Promise<void> {
    this.#stopped = true;
    return this.#end({ farewell: true });
  }

  #begin(): LeadershipTerm {
    const { configs, statuses, writer, launcher, observer, restarts, providers, requestRejoin } = this.options;
    return new LeadershipTerm({
      configs,
      statuses,
      writer,
      launcher,
      observer,
      providers,
      upkeep: this.#upkeep,
      sessionKeys: this.#sessionKeys,
      restarts,
      ownerUrl: (id) => ownerOf(this.#assignment, id).url,
      queue: new ChangeQueue(this.#now),
      now: this.#now,
      before: this.#ended,
      deposed: requestRejoin,
    });
  }

  #end(options: { farewell: boolean }): Promise<void> {
    const term = this.#term;
    this.#term = undefined;
    if (term !== undefined) this.#ended = term.end(this.#assignment.leaderUrl, options);
    return this.#ended;
  }
}
