import type { ConfigStore, ConnectorState, Status, StatusStore, TaskId } from '@tributary/kafka-storage';
import { loggerFor } from '@tributary/observability';
import type { ClusterMember, HerderAssignment } from './assignment.js';

const log = loggerFor('herder.statuses');

/**
 * Keeps the status topic true while this herder leads: writes the states of connectors, removes what belongs to
 * deleted connectors and surplus tasks, and marks tasks that nobody runs.
 */
export class StatusUpkeep {
  /** numbers of the tasks that have an owner by the assignment that was looked at last, by connector */
  #owned: { readonly by: HerderAssignment; readonly tasks: ReadonlyMap<string, ReadonlySet<number>> } | undefined;

  constructor(
    private readonly configs: ConfigStore,
    private readonly statuses: StatusStore,
    private readonly workerId: string,
    private readonly assignment: () => HerderAssignment,
  ) {}

  /** Never rejects: a state that cannot be stored is logged, the next one may be. */
  async reportConnector(
    name: string,
    state: ConnectorState,
    trace: string | null,
    version: string | null,
  ): Promise<void> {
    const status = this.#status(state, trace, version);
    await this.#attempt(
      state === 'FAILED' || state === 'UNASSIGNED'
        ? this.statuses.putConnectorSafe(name, status)
        : this.statuses.putConnector(name, status),
    );
  }

  /** Brings every status into line with the configs and the assignment. Never rejects. */
  async tidy(): Promise<void> {
    const names = new Set([...this.statuses.connectors(), ...this.configs.snapshot().connectors()]);
    await Promise.all([...names].map((name) => this.tidyConnector(name)));
  }

  /** The same for one connector. */
  async tidyConnector(name: string): Promise<void> {
    const snapshot = this.configs.snapshot();
    if (snapshot.connectorConfig(name) === undefined) return this.#forget(name);
    if (snapshot.inconsistentConnectors.has(name)) return;
    const configured = snapshot.tasks(name);
    const numbers = new Set(configured.map(({ task }) => task));
    const surplus = this.statuses.tasks(name).filter(({ task }) => !numbers.has(task));
    const owned = this.#ownedTasks(name);
    const orphans = configured.filter((id) => !owned.has(id.task) && this.#abandoned(id));
    await Promise.all([
      ...surplus.map(({ connector, task }) => this.#attempt(this.statuses.putTask({ connector, task }, null))),
      ...orphans.map((id) => this.#markUnassigned(id)),
    ]);
  }

  async #forget(name: string): Promise<void> {
    const writes = this.statuses
      .tasks(name)
      .map(({ connector, task }) => this.statuses.putTask({ connector, task }, null));
    if (this.statuses.connector(name) !== undefined) writes.push(this.statuses.putConnector(name, null));
    if (this.statuses.activeTopics(name).length > 0) writes.push(this.statuses.resetTopics(name));
    await Promise.all(writes.map((write) => this.#attempt(write)));
  }

  #executors(): readonly ClusterMember[] {
    return this.assignment().members.filter((member) => member.role === 'executor');
  }

  /** Numbers of the connector's tasks that have an owner. */
  #ownedTasks(name: string): ReadonlySet<number> {
    const by = this.assignment();
    if (this.#owned?.by !== by) this.#owned = { by, tasks: numbersByConnector(this.#executors()) };
    return this.#owned.tasks.get(name) ?? NONE;
  }

  /** True where nobody alive is about to say what becomes of a task without an owner. */
  #abandoned(id: TaskId): boolean {
    const executors = this.#executors();
    const status = this.statuses.task(id);
    if (status === undefined) return executors.length === 0;
    const says = status.state !== 'UNASSIGNED' || status.stalled !== undefined;
    return says && !executors.some((executor) => executor.id === status.workerId);
  }

  #markUnassigned(id: TaskId): Promise<void> {
    return this.#attempt(this.statuses.putTaskSafe(id, this.#status('UNASSIGNED', null, null)));
  }

  #status(state: ConnectorState, trace: string | null, version: string | null): Status {
    return { state, trace, workerId: this.workerId, generation: this.assignment().generation, version };
  }

  async #attempt(write: Promise<void>): Promise<void> {
    try {
      await write;
    } catch (error) {
      log.warn({ err: error }, 'a status could not be stored');
    }
  }
}

const NONE: ReadonlySet<number> = new Set();

function numbersByConnector(members: readonly ClusterMember[]): ReadonlyMap<string, ReadonlySet<number>> {
  const byConnector = new Map<string, Set<number>>();
  for (const { connector, task } of members.flatMap(({ tasks }) => tasks)) {
    const numbers = byConnector.get(connector);
    if (numbers === undefined) byConnector.set(connector, new Set([task]));
    else numbers.add(task);
  }
  return byConnector;
}
