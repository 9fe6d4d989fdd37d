import { connectorClientProperties } from '@tributary/config-schemas';
import type { WorkerConfig } from '@tributary/config-schemas';
import { ConnectError } from '@tributary/connect-api';
import type { KafkaClientFactory } from '@tributary/kafka-client';
import type { ConnectorConfig } from '@tributary/kafka-storage';
import type { ClusterView } from '../cluster/cluster-view.js';
import type { ConnectorOffsetsBody } from './requested-offset.js';
import { SinkGroup } from './sink-group.js';
import { sinkOffsetsBody } from './sink-offsets.js';
import { SourceStore, type SourceStoreOptions } from './source-store.js';

export interface ConnectorOffsetsOptions extends SourceStoreOptions {
  readonly view: ClusterView;
}

/** Tells how far connectors have come: sources from their offsets topic, sinks from their consumer group. */
export class ConnectorOffsets {
  constructor(private readonly options: ConnectorOffsetsOptions) {}

  async read(name: string): Promise<ConnectorOffsetsBody> {
    const config = this.options.view.connectorConfig(name);
    return this.options.view.connectorType(name) === 'sink' ? this.#ofSink(name, config) : this.#ofSource(name, config);
  }

  async #ofSource(name: string, config: ConnectorConfig): Promise<ConnectorOffsetsBody> {
    try {
      const store = await SourceStore.open(name, config, this.options);
      const offsets = await store.list().finally(() => store.close());
      return { offsets: offsets.map(([partition, offset]) => ({ partition, offset })) };
    } catch (cause) {
      throw new ConnectError(`Failed to retrieve offsets for source connector ${name}`, { cause });
    }
  }

  async #ofSink(name: string, config: ConnectorConfig): Promise<ConnectorOffsetsBody> {
    try {
      const group = sinkGroup(name, config, this.options);
      return sinkOffsetsBody(await group.offsets().finally(() => group.close()));
    } catch (cause) {
      throw new ConnectError(`Failed to retrieve consumer group offsets for sink connector ${name}`, { cause });
    }
  }
}

/** The group that the sink's tasks consume with, reached as the connector's own overrides say. */
export function sinkGroup(
  connector: string,
  config: ConnectorConfig,
  { worker, clients }: { readonly worker: WorkerConfig; readonly clients: Pick<KafkaClientFactory, 'admin'> },
): SinkGroup {
  const options = { workerConfig: worker, connectorConfig: worker.providers.resolve(config), connector };
  const groupId = connectorClientProperties('consumer', options)['group.id'] ?? `connect-${connector}`;
  return new SinkGroup(connector, groupId, clients.admin(connectorClientProperties('admin', options)));
}
