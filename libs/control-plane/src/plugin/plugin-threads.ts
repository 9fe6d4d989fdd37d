import { HostPool } from '@tributary/plugin-host';
import type { WorkerConfig } from '@tributary/config-schemas';
import { ConnectorThreads } from './connector-threads.js';
import type { PluginCatalogue } from './plugin-catalogue.js';
import { PluginInspector } from './plugin-inspector.js';

/** Threads for connectors; more connectors than this share them. */
const CONNECTOR_THREADS = 4;
const INSPECTOR_THREADS = 2;
/** An idle inspector thread has loaded every plugin: it is worth keeping, milliseconds. */
const INSPECTOR_IDLE_MS = 600_000;

/** What each thread needs to load the plugins. */
export interface PluginThreadData {
  readonly service: WorkerConfig['service'];
  readonly properties: Readonly<Record<string, string>>;
}

/** An inspector in threads of its own. */
export function pluginInspector(worker: WorkerConfig): PluginInspector {
  return new PluginInspector(pool('inspector', worker, INSPECTOR_THREADS, INSPECTOR_IDLE_MS));
}

/** Where a herder's connectors run. */
export function connectorThreads(worker: WorkerConfig, catalogue: PluginCatalogue): ConnectorThreads {
  return new ConnectorThreads(pool('connectors', worker, CONNECTOR_THREADS), catalogue);
}

function pool(name: string, worker: WorkerConfig, maxThreads: number, idleMs?: number): HostPool {
  const workerData: PluginThreadData = { service: worker.service, properties: worker.properties };
  return new HostPool({
    name,
    entry: new URL('./plugin-thread.entry.js', import.meta.url),
    maxThreads,
    memoryMb: worker.int('executor.host.memory.mb'),
    unresponsiveMs: worker.int('executor.host.unresponsive.ms'),
    workerData,
    ...(idleMs === undefined ? {} : { idleMs }),
  });
}
