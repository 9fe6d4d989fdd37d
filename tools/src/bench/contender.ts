import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ReferenceWorker, TributaryCluster, type ClusterOptions } from '../cluster/index.js';
import type { Child } from '../process/index.js';

/** One of the two that are compared. */
export interface Contender {
  readonly name: 'reference' | 'tributary';
  /** base URL of the REST API */
  readonly url: string;
  readonly children: readonly Child[];
  /** the process that answers REST requests */
  readonly server: Child;
  /** from nothing to ready, milliseconds */
  readonly startMs: number;
  stop(): Promise<void>;
}

export interface ContenderOptions {
  readonly bootstrapServers: string;
  readonly directory: string;
  /** with the connectors for system tests */
  readonly testPlugins?: boolean;
}

const TEST_PLUGINS = fileURLToPath(new URL('../../../libs/test-plugins', import.meta.url));

export async function startReference(options: ContenderOptions): Promise<Contender> {
  const from = performance.now();
  const worker = await ReferenceWorker.start(clusterOf('reference', options), {
    testPlugins: options.testPlugins === true,
    asDelivered: true,
  });
  const startMs = performance.now() - from;
  const { child, url } = worker;
  return { name: 'reference', url, children: [child], server: child, startMs, stop: () => worker.stop() };
}

export interface TributaryContender extends Contender {
  readonly cluster: TributaryCluster;
}

export async function startTributary(options: ContenderOptions): Promise<TributaryContender> {
  const from = performance.now();
  const properties: Record<string, string> = options.testPlugins === true ? { 'plugin.path': TEST_PLUGINS } : {};
  const cluster = await TributaryCluster.start({ ...clusterOf('tributary', options), properties });
  const startMs = performance.now() - from;
  const [gateway] = cluster.of('gateway');
  if (gateway === undefined) throw new Error('the cluster has no gateway');
  return {
    name: 'tributary',
    url: gateway.url,
    children: cluster.members.map((member) => member.child),
    server: gateway.child,
    startMs,
    cluster,
    stop: () => cluster.stop(),
  };
}

function clusterOf(name: string, { bootstrapServers, directory }: ContenderOptions): ClusterOptions {
  return { bootstrapServers, directory: join(directory, name), name: `bench-${name}` };
}
