import { BadRequestError, javaTrim } from '@tributary/connect-api';
import { unmasked } from '@tributary/config-schemas';
import type { RestartRequest, TargetState, TaskId } from '@tributary/kafka-storage';
import { REQUEST_LIMIT_MS } from './change/change-queue.js';
import { ConnectorChanges } from './change/connector-changes.js';
import type { PutOutcome } from './change/connector-changes.js';
import { configFor, patchedFor, withoutNulls } from './change/connector-name.js';
import type { RequestedConfig } from './change/connector-name.js';
import { Stages, within } from './change/stages.js';
import type { ConnectorInfo, ConnectorStatusBody } from './cluster/bodies.js';
import type { ClusterView } from './cluster/cluster-view.js';
import { NotLeaderError } from './errors.js';
import type { ClusterMember, HerderAssignment } from './leadership/assignment.js';
import { Leadership } from './leadership/leadership.js';
import type { LeadershipOptions } from './leadership/leadership.js';

/** How long a question after the herder's health waits, milliseconds; the reference's. */
const HEALTH_LIMIT_MS = 10_000;

/**
 * The message of the error that refuses a config, or undefined where nothing is wrong with it; throws what cannot be
 * validated. Neither shows the values of the properties that were `masked`.
 */
export type ConfigCheck = (config: RequestedConfig, masked: readonly string[]) => Promise<string | undefined>;

/** How a client wrote a config. */
export interface Writing {
  /** true: passwords that the client has not changed may be masked, see {@link unmasked} */
  readonly masks: boolean;
}

const PLAIN: Writing = { masks: false };

/** As clients say it. */
export type InitialState = 'RUNNING' | 'PAUSED' | 'STOPPED';

export interface HerderOptions extends LeadershipOptions {
  readonly view: ClusterView;
  readonly check: ConfigCheck;
}

/**
 * One of the cluster's herders. The group says which of them leads ({@link assigned}, {@link lost}); only that one
 * changes anything, and the others refuse with a {@link NotLeaderError} that names it. Stores must have been started.
 */
export class Herder {
  readonly #changes: ConnectorChanges;
  readonly #leadership: Leadership;

  constructor(private readonly options: HerderOptions) {
    this.#changes = new ConnectorChanges(options.view, options.writer);
    this.#leadership = new Leadership(options);
  }

  get leading(): boolean {
    return this.#leadership.leading;
  }

  /** undefined while nobody is known to lead */
  get leaderUrl(): string | undefined {
    return this.#leadership.assignment.leaderUrl;
  }

  /** The group has said who leads and who runs what. Returns at once; taking over goes on behind. */
  assigned(assignment: HerderAssignment): void {
    this.#leadership.assigned(assignment);
  }

  /** The group has dropped this herder: somebody else may lead already. Resolves when nothing of it runs any more. */
  lost(): Promise<void> {
    return this.#leadership.lost();
  }

  /** Ends for good. Connectors that ran here are UNASSIGNED until another herder has them. */
  stop(): Promise<void> {
    return this.#leadership.stop();
  }

  /** Resolves when the herder handles requests; rejects after ten seconds with what keeps it. */
  async health(): Promise<void> {
    if (this.leading)
      await this.#leadership.term().request('answering a health check', async () => {}, HEALTH_LIMIT_MS);
  }

  /** `name` is trimmed; null stands for an empty one, which validation refuses. */
  async createConnector(
    name: string | null,
    requested: RequestedConfig,
    initialState: InitialState | null = null,
    { masks }: Writing = PLAIN,
  ): Promise<ConnectorInfo> {
    const trimmed = javaTrim(name ?? '');
    const config = await this.#valid(requested, masks, this.#stored(trimmed), (given) => configFor(trimmed, given));
    const target = initialState === 'RUNNING' ? 'STARTED' : (initialState ?? undefined);
    return this.#request(writing(trimmed), () => this.#changes.create(trimmed, config, target));
  }

  async putConnectorConfig(name: string, requested: RequestedConfig, { masks }: Writing = PLAIN): Promise<PutOutcome> {
    if (masks) {
      return this.#putAfter(name, (before) => this.#valid(requested, true, before, (given) => configFor(name, given)));
    }
    const config = await this.#valid(requested, false, undefined, (given) => configFor(name, given));
    return this.#request(writing(name), () => this.#changes.put(name, config));
  }

  async patchConnectorConfig(name: string, patch: RequestedConfig, { masks }: Writing = PLAIN): Promise<ConnectorInfo> {
    const outcome = await this.#putAfter(name, () => {
      const before = this.options.view.connectorConfig(name);
      return this.#valid(patch, masks, before, (given) => patchedFor(name, before, given));
    });
    return outcome.info;
  }

  deleteConnector(name: string): Promise<void> {
    return this.#request(`removing the config for connector ${name} from the config topic`, () =>
      this.#changes.delete(name),
    );
  }

  pauseConnector(name: string): Promise<void> {
    return this.#setTargetState(name, 'PAUSED');
  }

  resumeConnector(name: string): Promise<void> {
    return this.#setTargetState(name, 'STARTED');
  }

  stopConnector(name: string): Promise<void> {
    return this.#setTargetState(name, 'STOPPED');
  }

  /** The connector's instance alone. Resolves when it runs again. */
  async restartConnector(name: string): Promise<void> {
    const term = this.#leadership.term();
    this.#changes.mustKnow(name);
    term.restartedByUser({ connector: name });
    const stages = new Stages(this.options.now);
    const restarted = stages.during(`restarting connector ${name}`, () => term.restart(name));
    await within(REQUEST_LIMIT_MS, stages, restarted);
  }

  restartConnectorAndTasks(name: string, options: Omit<RestartRequest, 'connector'>): Promise<ConnectorStatusBody> {
    return this.#request(`writing restart request for connector ${name} to the config topic`, () =>
      this.#changes.requestRestart({ connector: name, ...options }),
    );
  }

  /** A user restarts a task. Checks that it can be; the URL of the executor that has to do it. */
  async restartTask(id: TaskId): Promise<string> {
    const term = this.#leadership.term();
    const url = this.#changes.ownerOf(id, this.#leadership.assignment);
    term.restartedByUser(id);
    return url;
  }

  /** Runs a change that is not the config topic's in the leader's turn. `stage` continues `The worker is currently `. */
  asLeader<T>(stage: string, change: () => Promise<T>): Promise<T> {
    return this.#request(stage, change);
  }

  /** The executors of the cluster as the last assignment named them. */
  executors(): readonly ClusterMember[] {
    return this.#leadership.assignment.members.filter((member) => member.role === 'executor');
  }

  /** The same for what only the leader may have them do. Throws a {@link NotLeaderError}. */
  executorsAsLeader(): readonly ClusterMember[] {
    this.#leadership.term();
    return this.executors();
  }

  /** For every process of the cluster. */
  setLoggerLevel(namespace: string, level: string): Promise<void> {
    return this.#request(`writing the level of logger ${namespace} to the config topic`, () =>
      this.options.writer.putLoggerLevel(namespace, level),
    );
  }

  async resetTopics(name: string): Promise<void> {
    await this.options.statuses.resetTopics(name);
  }

  #setTargetState(name: string, state: TargetState): Promise<void> {
    return this.#request(`writing the ${state} target stage for connector ${name} to the config topic`, () =>
      this.#changes.setTargetState(name, state),
    );
  }

  #stored(name: string): Readonly<Record<string, string>> | undefined {
    return this.options.view.has(name) ? this.options.view.connectorConfig(name) : undefined;
  }

  /** Stores what `configOf` makes of the config that is stored. */
  async #putAfter(
    name: string,
    configOf: (before: Readonly<Record<string, string>> | undefined) => Promise<Readonly<Record<string, string>>>,
  ): Promise<PutOutcome> {
    for (;;) {
      this.#leadership.term();
      const before = this.#stored(name);
      const config = await configOf(before);
      const outcome = await this.#request(writing(name), async () =>
        // Written meanwhile by another request: made anew.
        this.#stored(name) === before ? this.#changes.put(name, config) : undefined,
      );
      if (outcome !== undefined) return outcome;
    }
  }

  /** `complete` makes the whole config of what was requested, once no value is masked. */
  async #valid(
    requested: RequestedConfig,
    masks: boolean,
    stored: Readonly<Record<string, string>> | undefined,
    complete: (given: RequestedConfig) => RequestedConfig,
  ): Promise<Readonly<Record<string, string>>> {
    this.#leadership.term();
    const { config: given, masked } = masks ? unmasked(requested, stored) : { config: requested, masked: [] };
    const config = complete(given);
    const problem = await this.options.check(config, masked);
    if (problem !== undefined) throw new BadRequestError(problem);
    return withoutNulls(config);
  }

  async #request<T>(stage: string, change: () => Promise<T>): Promise<T> {
    let begun = false;
    const noted = () => {
      begun = true;
      return change();
    };
    try {
      return await this.#leadership.term().request(stage, noted);
    } catch (error) {
      if (!begun || !(error instanceof NotLeaderError)) throw error;
      throw new NotLeaderError(error.leaderUrl, { cause: error, undecided: true });
    }
  }
}

function writing(name: string): string {
  return `writing a config for connector ${name} to the config topic`;
}
