import type { ConnectorConfig } from '@tributary/kafka-storage';
import type { ConnectorType } from '../cluster/bodies.js';

/** A connector class, with every name by which a config may call it. */
export interface CataloguedConnector {
  readonly names: readonly string[];
  readonly type: 'source' | 'sink';
  /** null where the plugin does not say */
  readonly version: string | null;
}

/** Which connectors are installed, as the threads that loaded them have told: the main thread loads none. */
export class PluginCatalogue {
  readonly #byName: ReadonlyMap<string, CataloguedConnector>;

  constructor(connectors: readonly CataloguedConnector[]) {
    this.#byName = new Map(connectors.flatMap((connector) => connector.names.map((name) => [name, connector])));
  }

  /** undefined where the config names no class that is installed here */
  connector(config: ConnectorConfig | undefined): CataloguedConnector | undefined {
    return this.#byName.get(config?.['connector.class']?.trim() ?? '');
  }

  typeOf(config: ConnectorConfig | undefined): ConnectorType {
    return this.connector(config)?.type ?? 'unknown';
  }
}
