import { setTimeout as delay } from 'node:timers/promises';
import { BadRequestError, ConnectError } from '@tributary/connect-api';
import type { SourceOffset, SourcePartition, TopicPartition } from '@tributary/connect-api';
import type { ConfigStore, ConnectorConfig } from '@tributary/kafka-storage';
import { loggerFor } from '@tributary/observability';
import type { ClusterView } from '../cluster/cluster-view.js';
import { NotLeaderError } from '../errors.js';
import type { Herder } from '../herder.js';
import type { ZombieFencing } from '../leadership/zombie-fencing.js';
import type { PluginInspector } from '../plugin/plugin-inspector.js';
import { sinkGroup } from './connector-offsets.js';
import type { RequestedOffset } from './requested-offset.js';
import { sinkOffsetsFrom, type SinkOffsets } from './sink-offsets.js';
import { sourceOffsetsFrom, withPartitions } from './source-offsets.js';
import { SourceStore, type SourceStoreOptions } from './source-store.js';

const log = loggerFor('herder.offsets');

/** How long the last tasks of a stopped connector may take to end, milliseconds. */
const TASKS_LIMIT_MS = 20_000;
const TASKS_POLL_MS = 100;

export interface OffsetChangesOptions extends SourceStoreOptions {
  readonly herder: Pick<Herder, 'asLeader'>;
  readonly view: ClusterView;
  readonly configs: ConfigStore;
  readonly zombies: Pick<ZombieFencing, 'fence'>;
  readonly inspector: Pick<PluginInspector, 'alterOffsets'>;
  /** Whether any executor still has a task of the connector, one that is ending included. */
  readonly tasksRun: (connector: string) => Promise<boolean>;
  readonly tasksLimitMs?: number;
}

/** What is asked of a connector's offsets; null: that all are forgotten. */
type Request = readonly RequestedOffset[] | null;

/**
 * Alters and resets connectors' offsets, on the leader. The connector must be STOPPED, and its tasks must have ended: a
 * task that is still ending would write its own offsets over the new ones. Then the connector's own `alterOffsets` is
 * asked, in a plugin thread, and then it is written. Whether the connector is still STOPPED is looked at again right
 * before the write, in the same turn of the leader's queue, so nothing is written under a connector that was resumed
 * meanwhile. A sink's group is changed outside of that turn, as its Kafka may be another one that is slow or away; that
 * group itself refuses while it has members.
 */
export class OffsetChanges {
  constructor(private readonly options: OffsetChangesOptions) {}

  /** The sentence for the client. */
  async alter(name: string, requested: readonly RequestedOffset[]): Promise<string> {
    return answer('altered', await this.#modify(name, requested));
  }

  async reset(name: string): Promise<string> {
    return answer('reset', await this.#modify(name, null));
  }

  async #modify(name: string, request: Request): Promise<boolean> {
    const config = await this.#stopped(name);
    await this.#tasksGone(name, request);
    return this.options.view.connectorType(name) === 'sink'
      ? this.#modifySink(name, config, request)
      : this.#modifySource(name, config, request);
  }

  async #modifySource(name: string, config: ConnectorConfig, request: Request): Promise<boolean> {
    if (this.options.worker.exactlyOnceSource) await this.#fenceZombies(name);
    const store = await SourceStore.open(name, config, this.options);
    try {
      return await this.#modifyStored(name, config, request, store);
    } finally {
      await store.close();
    }
  }

  async #modifyStored(name: string, config: ConnectorConfig, request: Request, store: SourceStore): Promise<boolean> {
    const known = (await store.list()).map(([partition]) => partition);
    const offsets =
      request === null
        ? new Map<SourcePartition | null, SourceOffset | null>(known.map((partition) => [partition, null]))
        : sourceOffsetsFrom(request, known);
    const handled = await this.#ask(name, 'source', config, offsets);
    const stored = [...withPartitions(offsets)];
    await this.#stopped(name, () => store.put(stored));
    return handled;
  }

  /** A task that nobody hears of might still write its own offsets over the new ones. */
  async #fenceZombies(name: string): Promise<void> {
    try {
      await this.options.zombies.fence(name);
    } catch (cause) {
      if (cause instanceof NotLeaderError) throw cause;
      throw new ConnectError('Failed to perform zombie fencing for source connector prior to modifying offsets', {
        cause,
      });
    }
  }

  async #modifySink(name: string, config: ConnectorConfig, request: Request): Promise<boolean> {
    const group = sinkGroup(name, config, this.options);
    try {
      const offsets: SinkOffsets =
        request === null
          ? new Map((await group.offsets()).map(({ topic, partition }) => [{ topic, partition }, null]))
          : sinkOffsetsFrom(request);
      const handled = await this.#ask(name, 'sink', config, offsets);
      await this.#stopped(name);
      await (request === null ? group.reset() : group.alter(offsets));
      return handled;
    } finally {
      await group.close();
    }
  }

  /** Runs `write` in the leader's turn, if the connector is there and STOPPED. */
  #stopped(name: string, write: () => Promise<void> = async () => undefined): Promise<ConnectorConfig> {
    return this.options.herder.asLeader(`modifying offsets for connector ${name}`, async () => {
      const config = this.options.view.connectorConfig(name);
      const snapshot = this.options.configs.snapshot();
      if (snapshot.targetState(name) !== 'STOPPED' || snapshot.tasks(name).length > 0) {
        throw new BadRequestError(
          'Connectors must be in the STOPPED state before their offsets can be modified. This can be done for the ' +
            `specified connector by issuing a 'PUT' request to the '/connectors/${name}/stop' endpoint`,
        );
      }
      await write();
      return config;
    });
  }

  async #tasksGone(name: string, request: Request): Promise<void> {
    const deadline = Date.now() + (this.options.tasksLimitMs ?? TASKS_LIMIT_MS);
    while (await this.options.tasksRun(name)) {
      if (Date.now() > deadline) {
        const verb = request === null ? 'reset' : 'alter';
        throw new ConnectError(
          `Failed to ${verb} offsets for connector ${name} because its tasks haven't stopped completely yet. ` +
            'This operation can be safely retried.',
        );
      }
      await delay(TASKS_POLL_MS);
    }
  }

  async #ask(
    name: string,
    type: 'source' | 'sink',
    config: ConnectorConfig,
    offsets: ReadonlyMap<SourcePartition | TopicPartition | null, SourceOffset | number | null>,
  ): Promise<boolean> {
    try {
      return await this.options.inspector.alterOffsets(config, offsets);
    } catch (cause) {
      const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
      if (code === 'UNSUPPORTED') {
        throw new ConnectError(
          `Failed to modify offsets for connector ${name} because it doesn't support external modification of offsets`,
          { cause },
        );
      }
      if (code !== undefined) throw cause;
      log.warn({ connector: name, err: cause }, 'the connector refused a change of its offsets');
      throw new ConnectError(`Failed to modify offsets for ${type} connector ${name}`, { cause });
    }
  }
}

function answer(done: 'altered' | 'reset', handledByConnector: boolean): string {
  if (handledByConnector) return `The offsets for this connector have been ${done} successfully`;
  return (
    `The Connect framework-managed offsets for this connector have been ${done} successfully. However, if this connector ` +
    `manages offsets externally, they will need to be manually ${done} in the system that the connector uses.`
  );
}
