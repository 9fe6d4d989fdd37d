import { WorkerConfig } from '@tributary/config-schemas';
import { kafkaClients } from '@tributary/kafka-client';
import { serveInstances } from '@tributary/plugin-host';
import { builtInPlugins, PluginRegistry } from '@tributary/plugins';
import type { TaskHostData } from './protocol.js';
import { TaskFactory } from './task-factory.js';

serveInstances(async (data) => {
  const { properties } = data as TaskHostData;
  const worker = WorkerConfig.parse(properties, 'task-executor', () => undefined);
  worker.hideSecrets();
  const plugins = await PluginRegistry.load({ pluginPath: worker.list('plugin.path'), builtIns: builtInPlugins });
  return new TaskFactory({ worker, plugins, clients: kafkaClients });
});
