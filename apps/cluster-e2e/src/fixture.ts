import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestBroker } from '@tributary/testing';
import { TributaryCluster, type ClusterOptions } from '@tributary/tools/cluster';

/** A broker of its own, a folder, and clusters on them. */
export class Fixture {
  private readonly clusters: TributaryCluster[] = [];

  private constructor(
    readonly broker: TestBroker,
    readonly directory: string,
  ) {}

  /** `properties`: more lines for the broker's server.properties */
  static async start(properties: Readonly<Record<string, string>> = {}): Promise<Fixture> {
    return new Fixture(await TestBroker.start(properties), mkdtempSync(join(tmpdir(), 'tributary-e2e-')));
  }

  file(name: string): string {
    return join(this.directory, name);
  }

  async cluster(
    name: string,
    executors = 1,
    properties: Readonly<Record<string, string>> = {},
    listener: ClusterOptions['listener'] = undefined,
  ): Promise<TributaryCluster> {
    const { bootstrapServers } = this.broker;
    const options = { bootstrapServers, name, directory: join(this.directory, name), properties, listener };
    const cluster = await TributaryCluster.start(options, executors);
    this.clusters.push(cluster);
    return cluster;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.clusters.map((cluster) => cluster.stop()));
    await this.broker.dispose();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export const STRINGS = {
  'key.converter': 'org.apache.kafka.connect.storage.StringConverter',
  'value.converter': 'org.apache.kafka.connect.storage.StringConverter',
};
