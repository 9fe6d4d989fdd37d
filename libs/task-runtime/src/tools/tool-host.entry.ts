/** The module that each thread of a {@link ConnectorTools} runs: what a tool does for one connector, on request. */
import { WorkerConfig } from '@tributary/config-schemas';
import { kafkaClients } from '@tributary/kafka-client';
import { serveInstances } from '@tributary/plugin-host';
import { builtInPlugins, PluginRegistry } from '@tributary/plugins';
import type { TaskHostData } from '../host/protocol.js';
import { ToolInstance, type ToolPayload } from './tool-instance.js';

serveInstances(async (data) => {
  const { properties } = data as TaskHostData;
  const worker = WorkerConfig.parse(properties, 'task-executor', () => undefined);
  const plugins = await PluginRegistry.load({ pluginPath: worker.list('plugin.path'), builtIns: builtInPlugins });
  const host = { worker, plugins, clients: kafkaClients };
  return { create: (payload, channel) => new ToolInstance(host, payload as ToolPayload, channel) };
});
