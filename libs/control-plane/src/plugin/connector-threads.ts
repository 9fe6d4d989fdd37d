import { IllegalStateError } from '@tributary/connect-api';
import type { ConnectorConfig } from '@tributary/kafka-storage';
import type { HostPool, HostedOwner } from '@tributary/plugin-host';
import type { ConnectorEvents, ConnectorLauncher, LaunchedConnector } from '../connector/launcher.js';
import type { GeneratedTasks } from '../connector/task-configs.js';
import type { PluginCatalogue } from './plugin-catalogue.js';

/** Runs connectors in worker threads, so that one that hangs, exits or dies harms only itself. */
export class ConnectorThreads implements ConnectorLauncher {
  constructor(
    private readonly pool: HostPool,
    private readonly catalogue: PluginCatalogue,
  ) {}

  versionOf(config: ConnectorConfig): string | null {
    return this.catalogue.connector(config)?.version ?? null;
  }

  async launch(
    name: string,
    config: ConnectorConfig,
    events: ConnectorEvents,
    signal: AbortSignal,
  ): Promise<LaunchedConnector> {
    let version = '';
    let over = false;
    const owner: HostedOwner = {
      event: (event, payload) => {
        if (event === 'version') version = String(payload);
        else if (event === 'reconfigure') events.reconfigure();
      },
      request: async (request) => {
        throw new IllegalStateError(`a connector cannot ask for ${request}`);
      },
      gone: (error) => {
        over = true;
        if (error === undefined) events.gone();
        else events.failed(error);
      },
    };
    const payload = { kind: 'connector', name, config };
    const logContext = { connector: name, scope: 'worker' };
    const hosted = await this.pool.host(`connector ${name}`, payload, owner, { signal, logContext });
    hosted.call('failure').catch((error: Error) => {
      if (!over) events.failed(error);
    });
    return {
      version,
      start: () => hosted.call<void>('start'),
      taskConfigs: () => hosted.call<GeneratedTasks>('taskConfigs'),
      destroy: (timeoutMs) => {
        over = true;
        return hosted.destroy(timeoutMs);
      },
    };
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}
