import type { ConnectorConfig, ConnectorState } from '@tributary/kafka-storage';
import type { Metrics } from '@tributary/observability';
import type { PluginCatalogue } from '../plugin/plugin-catalogue.js';

/** Hears how the connectors of this process fare. */
export interface ConnectorObserver {
  /** An instance was started, or failed to be. */
  startTried(succeeded: boolean): void;
  reached(name: string, config: ConnectorConfig, state: ConnectorState): void;
  /** The connector was deleted, or is another herder's now. */
  gone(name: string): void;
}

type ConnectorMetrics = Pick<Metrics, 'connectorStartup' | 'publishConnector' | 'removeConnector'>;

/** Keeps the metrics of connectors; one whose class is not installed has no type and counts only as a start. */
export function connectorMetrics(metrics: ConnectorMetrics, catalogue: PluginCatalogue): ConnectorObserver {
  return {
    startTried: metrics.connectorStartup,
    gone: metrics.removeConnector,
    reached: (name, config, state) => {
      const installed = catalogue.connector(config);
      if (installed === undefined) return;
      const { type, version, names } = installed;
      metrics.publishConnector(name, state, { type, version: version ?? '', class: names[0] ?? '' });
    },
  };
}
