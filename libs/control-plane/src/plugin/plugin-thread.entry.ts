/**
 * The module that each plugin thread of a gateway or herder runs. It loads all plugins once; what an instance is to be,
 * the `kind` of its payload says.
 */
import {
  ConnectorConfig,
  connectorSecrets,
  secretVariables,
  topicCreationGroups,
  WorkerConfig,
} from '@tributary/config-schemas';
import { serveInstances } from '@tributary/plugin-host';
import { builtInPlugins, PluginRegistry } from '@tributary/plugins';
import { HostedConnector } from './hosted-connector.js';
import { PluginAnswers } from './plugin-answers.js';
import type { PluginThreadData } from './plugin-threads.js';

type Payload =
  | { readonly kind: 'inspector' }
  | { readonly kind: 'connector'; readonly name: string; readonly config: Readonly<Record<string, string>> };

serveInstances(async (workerData) => {
  const { service, properties } = workerData as PluginThreadData;
  // The main thread has told of unknown properties already.
  const worker = WorkerConfig.parse(properties, service, () => undefined);
  worker.hideSecrets();
  const plugins = await PluginRegistry.load({ pluginPath: worker.list('plugin.path'), builtIns: builtInPlugins });
  return {
    create: (payload, channel) => {
      const wanted = payload as Payload;
      if (wanted.kind === 'inspector') return new PluginAnswers(plugins, worker, channel.secrets);
      const { name, config: stored } = wanted;
      const resolution = worker.providers.resolution(stored);
      channel.secrets.add(() => connectorSecrets(resolution, { plugins, worker }));
      const config = resolution.properties;
      const plugin = plugins.connector(config['connector.class'] ?? '', config['connector.plugin.version']);
      // Their tasks would fail on wrong groups one by one: the connector says it first.
      if (plugin.kind === 'source' && worker.boolean('topic.creation.enable')) topicCreationGroups(config);
      const parsed = ConnectorConfig.parse(config, plugin.kind);
      const secrets = () => secretVariables(stored, resolution, { plugins, worker });
      return new HostedConnector(plugin.create(), name, parsed, stored, secrets, channel);
    },
  };
});
