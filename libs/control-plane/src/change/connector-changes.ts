import { AlreadyExistsError, NotFoundError } from '@tributary/connect-api';
import type { ConfigWriter, RestartRequest, TargetState, TaskId } from '@tributary/kafka-storage';
import type { ConnectorInfo, ConnectorStatusBody } from '../cluster/bodies.js';
import type { ClusterView } from '../cluster/cluster-view.js';
import { ownerOf } from '../leadership/assignment.js';
import type { HerderAssignment } from '../leadership/assignment.js';
import { restartAnswer } from './restart-plan.js';

/** A connector's info, and whether it is new. */
export interface PutOutcome {
  readonly created: boolean;
  readonly info: ConnectorInfo;
}

/**
 * What each request of a client does to the config topic, with its checks. Each must run alone (see `ChangeQueue`) and
 * on the leader, and has happened in this process's view when it resolves.
 */
export class ConnectorChanges {
  constructor(
    private readonly view: ClusterView,
    private readonly writer: ConfigWriter,
  ) {}

  async create(
    name: string,
    config: Readonly<Record<string, string>>,
    initialState?: TargetState,
  ): Promise<ConnectorInfo> {
    if (this.view.has(name)) throw new AlreadyExistsError(`Connector ${name} already exists`);
    await this.writer.putConnector(name, config, initialState);
    return this.view.connectorInfo(name);
  }

  async put(name: string, config: Readonly<Record<string, string>>): Promise<PutOutcome> {
    const created = !this.view.has(name);
    await this.writer.putConnector(name, config);
    return { created, info: this.view.connectorInfo(name) };
  }

  async delete(name: string): Promise<void> {
    this.view.connectorConfig(name);
    await this.writer.removeConnector(name);
  }

  /** Of STOPPED connectors the tasks go too. */
  async setTargetState(name: string, state: TargetState): Promise<void> {
    if (!this.view.has(name)) throw new NotFoundError(`Unknown connector ${name}`);
    await this.writer.putTargetState(name, state);
  }

  /** The connector and tasks that `request` means are restarted by those who run them, as they read it. */
  async requestRestart(request: RestartRequest): Promise<ConnectorStatusBody> {
    this.mustKnow(request.connector);
    await this.view.refresh();
    const answer = restartAnswer(request, this.#statusOf(request.connector));
    await this.writer.putRestartRequest(request);
    return answer;
  }

  mustKnow(name: string): void {
    if (!this.view.has(name)) throw new NotFoundError(`Unknown connector: ${name}`);
  }

  /** The URL of the executor that runs the task. */
  ownerOf(id: TaskId, assignment: HerderAssignment): string {
    this.mustKnow(id.connector);
    if (!this.view.taskInfos(id.connector).some((task) => task.id.task === id.task)) {
      throw new NotFoundError(`Unknown task: ${id.connector}-${id.task}`);
    }
    return ownerOf(assignment, id).url;
  }

  #statusOf(name: string): ConnectorStatusBody {
    try {
      return this.view.connectorStatus(name);
    } catch (error) {
      throw new NotFoundError(`Status for connector ${name} not found`, { cause: error });
    }
  }
}
