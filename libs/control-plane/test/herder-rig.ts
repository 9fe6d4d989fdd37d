import { randomUUID } from 'node:crypto';
import { ConfigProviders } from '@tributary/config-schemas';
import { kafkaClients } from '@tributary/kafka-client';
import { KafkaConfigStore, KafkaConfigWriter, KafkaStatusStore, storageTopics } from '@tributary/kafka-storage';
import type { ConfigStore, ConfigWriter, StatusStore, TaskId } from '@tributary/kafka-storage';
import { inject, vi } from 'vitest';
import { ClusterView } from '../src/cluster/cluster-view.js';
import type { ConnectorLauncher } from '../src/connector/launcher.js';
import { Herder, type ConfigCheck } from '../src/herder.js';
import type { AutoRestartOptions } from '../src/restart/auto-restarts.js';
import type { ClusterMember, HerderAssignment } from '../src/leadership/assignment.js';

/** How long a test waits for what must come, milliseconds. */
const PATIENCE_MS = 50_000;

export interface RigHerder {
  readonly workerId: string;
  readonly herder: Herder;
  readonly configs: ConfigStore;
  readonly statuses: StatusStore;
  readonly writer: ConfigWriter;
  readonly view: ClusterView;
  rejoins: number;
  /** As the group would: this herder leads, and `members` run what they say. */
  lead(generation: number, members?: readonly ClusterMember[]): void;
  follow(generation: number, leaderUrl: string): void;
}

/** Herders of one cluster on the shared broker, with topics of their own; the test plays the group. */
export class HerderRig {
  readonly #properties: Record<string, string>;
  readonly #ends: (() => Promise<void>)[] = [];

  constructor(private readonly sessionKeyTtlMs = 3_600_000) {
    const id = randomUUID();
    this.#properties = {
      'bootstrap.servers': inject('bootstrapServers'),
      'group.id': `herders-${id}`,
      'client.id': `herders-${id}`,
      ...storage('config', id),
      ...storage('status', id),
      'status.storage.partitions': '1',
      ...storage('offset', id),
    };
  }

  /** What a member of the cluster's group joins with. */
  get membershipProperties(): Readonly<Record<string, string>> {
    return {
      ...this.#properties,
      'session.timeout.ms': '6000',
      'heartbeat.interval.ms': '500',
      'rebalance.timeout.ms': '10000',
    };
  }

  async herder(
    workerId: string,
    launcher: ConnectorLauncher,
    check: ConfigCheck = async () => undefined,
    restarts?: AutoRestartOptions,
  ): Promise<RigHerder> {
    const properties = this.#properties;
    const topics = storageTopics(properties);
    const configs = new KafkaConfigStore({ clients: kafkaClients, properties, topic: topics.config });
    const statuses = new KafkaStatusStore({ clients: kafkaClients, properties, topic: topics.status });
    await Promise.all([configs.start(), statuses.start()]);
    const writer = new KafkaConfigWriter({ clients: kafkaClients, properties, topic: topics.config, store: configs });
    const view = new ClusterView(configs, statuses, (config) => (config === undefined ? 'unknown' : 'source'));
    const herder = new Herder({
      configs,
      statuses,
      writer,
      view,
      launcher,
      check,
      workerId,
      sessionKeys: { algorithm: 'HmacSHA256', sizeBits: undefined, ttlMs: this.sessionKeyTtlMs },
      providers: ConfigProviders.from({}),
      requestRejoin: () => rig.rejoins++,
      ...(restarts && { restarts }),
    });
    const url = `http://${workerId}/`;
    const assign = (assignment: HerderAssignment): void => herder.assigned(assignment);
    const rig: RigHerder = {
      workerId,
      herder,
      configs,
      statuses,
      writer,
      view,
      rejoins: 0,
      lead: (generation, members = []) => assign({ generation, leaderUrl: url, leading: true, members }),
      follow: (generation, leaderUrl) => assign({ generation, leaderUrl, leading: false, members: [] }),
    };
    this.#ends.push(async () => {
      await herder.stop();
      await Promise.all([configs.stop(), statuses.stop()]);
    });
    return rig;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#ends.map((end) => end()));
  }
}

/** An executor of the cluster as assignments name it. */
export function executor(id: string, ...tasks: TaskId[]): ClusterMember {
  return { id, role: 'executor', url: `http://${id}/`, tasks };
}

/** Waits until `condition` no longer throws. */
export function eventually(condition: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(condition, { timeout: PATIENCE_MS, interval: 20 });
}

function storage(role: string, id: string): Record<string, string> {
  return {
    [`${role}.storage.topic`]: `herders-${role}-${id}`,
    [`${role}.storage.replication.factor`]: '1',
  };
}
