/** The module that each plugin thread of a gateway or herder runs: it loads all plugins, then hosts what the payload's `kind` says. */
import { WorkerConfig } from '@tributary/config-schemas';
import { serveInstances } from '@tributary/plugin-host';
import { PluginRegistry } from '@tributary/plugins';
import { connectorSettings } from './connector-settings.js';
import { HostedConnector } from './hosted-connector.js';
import { PluginAnswers } from './plugin-answers.js';
import type { PluginThreadData } from './plugin-threads.js';

/** What an instance is to be. */
type Payload =
  | { readonly kind: 'inspector' }
  | { readonly kind: 'connector'; readonly name: string; readonly config: Readonly<Record<string, string>> };

serveInstances(async (workerData) => {
  const { service, properties } = workerData as PluginThreadData;
  // The main thread has told of unknown properties already.
  const worker = WorkerConfig.parse(properties, service, () => undefined);
  const plugins = await PluginRegistry.load({ pluginPath: worker.list('plugin.path'), builtIns });
  return {
    create: (payload, channel) => {
      const wanted = payload as Payload;
      if (wanted.kind === 'inspector') return new PluginAnswers(plugins, worker);
      const settings = connectorSettings(wanted.name, wanted.config);
      return new HostedConnector(plugins.newConnector(settings.className, settings.pluginVersion), settings, channel);
    },
  };
});
