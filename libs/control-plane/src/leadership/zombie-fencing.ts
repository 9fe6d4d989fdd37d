import { connectorClientProperties, taskTransactionalId } from '@tributary/config-schemas';
import type { WorkerConfig } from '@tributary/config-schemas';
import { BadRequestError, ConnectError, NotFoundError } from '@tributary/connect-api';
import type { KafkaClientFactory } from '@tributary/kafka-client';
import type { ConfigStore, ConfigWriter } from '@tributary/kafka-storage';
import { loggerFor } from '@tributary/observability';
import type { ClusterView } from '../cluster/cluster-view.js';
import { FencingOvertakenError } from '../errors.js';

const log = loggerFor('herder.fencing');

/** How long Kafka may take to fence a connector's producers, milliseconds; the reference's. */
const FENCING_LIMIT_MS = 90_000;

export interface ZombieFencingOptions {
  /** Does one thing in the leader's turn; `stage` continues `The worker is currently `. */
  readonly asLeader: <T>(stage: string, work: () => Promise<T>) => Promise<T>;
  readonly view: Pick<ClusterView, 'connectorType'>;
  readonly configs: ConfigStore;
  readonly writer: Pick<ConfigWriter, 'putTaskCountRecord'>;
  readonly worker: WorkerConfig;
  readonly clients: Pick<KafkaClientFactory, 'admin'>;
}

/** What a round begins with. */
interface Round {
  readonly generation: number;
  /** producers that may still be alive: those of so many tasks */
  readonly zombies: number;
}

/**
 * Shuts out the producers of tasks that exactly-once source connectors had before their present task configs. The config
 * topic remembers how many tasks were fenced last (`tasks-fencing-C`); as long as the task configs are newer than that
 * record none of them may write. The producers that a task of the same number has now would be fenced by it anyway; the
 * round is for those that have no successor.
 *
 * The leader's turn is taken for the looks at the config topic alone: Kafka may be slow, and may be another one.
 */
export class ZombieFencing {
  /** rounds under way, by connector: who asks meanwhile waits for the same */
  readonly #rounds = new Map<string, Promise<void>>();

  constructor(private readonly options: ZombieFencingOptions) {}

  /** Resolves when the connector's present tasks may write. */
  async fence(connector: string): Promise<void> {
    const round = await this.options.asLeader(`fencing earlier tasks of connector ${connector}`, () =>
      this.#begin(connector),
    );
    if (round === undefined) return;
    const running = this.#rounds.get(connector) ?? this.#run(connector, round);
    this.#rounds.set(connector, running);
    const over = (): void => {
      if (this.#rounds.get(connector) === running) this.#rounds.delete(connector);
    };
    running.then(over, over);
    await running;
  }

  /** undefined: nothing is left to do. */
  async #begin(connector: string): Promise<Round | undefined> {
    const { configs, view } = this.options;
    await configs.refresh();
    const snapshot = configs.snapshot();
    if (snapshot.connectorConfig(connector) === undefined) throw new NotFoundError(`Connector ${connector} not found`);
    if (view.connectorType(connector) !== 'source') {
      throw new BadRequestError(`Connector ${connector} is not a source connector`);
    }
    if (!snapshot.pendingFencing(connector)) return undefined;
    const before = snapshot.taskCountRecord(connector);
    const now = snapshot.tasks(connector).length;
    if (before === undefined || (before === 1 && now === 1)) {
      await this.#record(connector, now);
      return undefined;
    }
    return { generation: snapshot.taskConfigGeneration(connector), zombies: before };
  }

  async #run(connector: string, { generation, zombies }: Round): Promise<void> {
    await this.#fenceProducers(connector, zombies);
    const { asLeader, configs } = this.options;
    await asLeader(`writing a task count record for connector ${connector} to the config topic`, async () => {
      await configs.refresh();
      const snapshot = configs.snapshot();
      if (snapshot.taskConfigGeneration(connector) !== generation) throw new FencingOvertakenError();
      if (snapshot.pendingFencing(connector)) await this.#record(connector, snapshot.tasks(connector).length);
    });
  }

  async #fenceProducers(connector: string, zombies: number): Promise<void> {
    const { worker, clients, configs } = this.options;
    const connectorConfig = worker.providers.resolve(configs.snapshot().connectorConfig(connector) ?? {});
    const properties = connectorClientProperties('admin', { workerConfig: worker, connectorConfig, connector });
    log.info({ connector, tasks: zombies }, 'fencing the producers of earlier tasks');
    const admin = clients.admin({
      ...properties,
      'client.id': `connector-worker-adminclient-${connector}`,
      'default.api.timeout.ms': String(FENCING_LIMIT_MS),
    });
    try {
      await admin.fenceProducers(
        Array.from({ length: zombies }, (_, task) => taskTransactionalId(worker, connector, task)),
      );
    } catch (cause) {
      throw new ConnectError('Failed to perform round of zombie fencing', { cause });
    } finally {
      await admin.close();
    }
  }

  #record(connector: string, taskCount: number): Promise<void> {
    return this.options.writer.putTaskCountRecord(connector, taskCount);
  }
}
