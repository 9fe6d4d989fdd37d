import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answersHealthy, Child, freePort, healthTls, until } from '../process/index.js';
import { ConnectClient } from './connect-client.js';

export type Role = 'gateway' | 'herder' | 'task-executor';

export interface ClusterOptions {
  readonly bootstrapServers: string;
  /** for logs */
  readonly directory: string;
  /** unique per cluster on a broker: group id and prefix of the internal topics */
  readonly name: string;
  /** where processes listen, without the port; http://127.0.0.1 unless told */
  readonly listener?: `${'http' | 'https'}://${string}`;
  /** worker properties for every process */
  readonly properties?: Readonly<Record<string, string>>;
}

/** One process of a cluster. */
export interface Member {
  readonly role: Role;
  readonly name: string;
  readonly url: string;
  readonly child: Child;
}

const LISTENERS_OF: Readonly<Record<Role, string>> = {
  gateway: 'CONNECT_LISTENERS',
  herder: 'CONNECT_HERDER_LISTENERS',
  'task-executor': 'CONNECT_EXECUTOR_LISTENERS',
};
const READY_DEADLINE_MS = 60_000;

/** Real processes that find each other through a broker: members are added, stopped and killed one by one. */
export class TributaryCluster {
  readonly members: Member[] = [];
  private count = 0;

  constructor(private readonly options: ClusterOptions) {}

  /** A gateway, a herder and `executors` executors, all ready; where one does not start, none is left. */
  static async start(options: ClusterOptions, executors = 1): Promise<TributaryCluster> {
    const cluster = new TributaryCluster(options);
    const roles: Role[] = ['herder', 'gateway', ...Array<Role>(executors).fill('task-executor')];
    try {
      await Promise.all(roles.map((role) => cluster.add(role)));
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  /** A client of the first gateway. */
  get client(): ConnectClient {
    const gateway = this.members.find((member) => member.role === 'gateway');
    if (gateway === undefined) throw new Error('the cluster has no gateway');
    return new ConnectClient(gateway.url);
  }

  of(role: Role): readonly Member[] {
    return this.members.filter((member) => member.role === role);
  }

  /**
   * Starts one more process, with worker properties of its own if need be; resolves when it is ready, rejects at once where
   * it ends before.
   */
  async add(role: Role, properties: Readonly<Record<string, string>> = {}): Promise<Member> {
    const name = `${role}-${++this.count}`;
    const url = `${this.options.listener ?? 'http://127.0.0.1'}:${await freePort()}`;
    const child = Child.start({
      command: process.execPath,
      args: [fileURLToPath(new URL(`../../../apps/${role}/dist/main.js`, import.meta.url))],
      env: { ...environment({ ...commonProperties(this.options), ...properties }), [LISTENERS_OF[role]]: url },
      logFile: join(this.options.directory, `${name}.log`),
    });
    const member = { role, name, url, child };
    this.members.push(member);
    const tls = healthTls(commonProperties(this.options));
    const ended = (): boolean => child.exit !== undefined;
    await until(
      `${name} to be ready (log: ${child.logFile})`,
      async () => ended() || (await answersHealthy(member.url, tls)),
      READY_DEADLINE_MS,
    );
    if (ended()) throw new Error(`${name} ended with exit code ${child.exit?.code} (log: ${child.logFile})`);
    return member;
  }

  /** Ends a process as `kill -9` or, with SIGTERM, as an operator would. */
  async end(member: Member, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.members.splice(this.members.indexOf(member), 1);
    member.child.kill(signal);
    await member.child.exited;
  }

  async stop(): Promise<void> {
    const order: Role[] = ['task-executor', 'herder', 'gateway'];
    for (const role of order) {
      await Promise.all(this.of(role).map((member) => member.child.stop(15_000)));
    }
    this.members.length = 0;
  }
}

/** Worker properties that both kinds of cluster are started with. */
export function commonProperties({ bootstrapServers, name, properties }: ClusterOptions): Record<string, string> {
  return {
    'bootstrap.servers': bootstrapServers,
    'group.id': name,
    'config.storage.topic': `${name}-configs`,
    'offset.storage.topic': `${name}-offsets`,
    'status.storage.topic': `${name}-status`,
    'config.storage.replication.factor': '1',
    'offset.storage.replication.factor': '1',
    'status.storage.replication.factor': '1',
    'offset.storage.partitions': '5',
    'key.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
    ...properties,
  };
}

function environment(properties: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [`CONNECT_${key.toUpperCase().replaceAll('.', '_')}`, value]),
  );
}
