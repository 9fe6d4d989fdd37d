import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { parseListeners, type Listener } from '@tributary/config-schemas';
import { freePort, healthTls } from '../process/index.js';
import type { RunRecord } from './run-record.js';
import { Service } from './service.js';
import type { Settings } from './settings.js';

/** Properties that a cluster of one machine starts with; the user's file and CONNECT_* variables win. */
const DEFAULTS: Readonly<Record<string, string>> = {
  CONNECT_GROUP_ID: 'tributary',
  CONNECT_CONFIG_STORAGE_TOPIC: 'connect-configs',
  CONNECT_OFFSET_STORAGE_TOPIC: 'connect-offsets',
  CONNECT_STATUS_STORAGE_TOPIC: 'connect-status',
  CONNECT_CONFIG_STORAGE_REPLICATION_FACTOR: '1',
  CONNECT_OFFSET_STORAGE_REPLICATION_FACTOR: '1',
  CONNECT_STATUS_STORAGE_REPLICATION_FACTOR: '1',
  CONNECT_KEY_CONVERTER: 'org.apache.kafka.connect.json.JsonConverter',
  CONNECT_VALUE_CONVERTER: 'org.apache.kafka.connect.json.JsonConverter',
};

export interface ClusterServices {
  readonly gateway: Service;
  readonly herder: Service;
  readonly executors: readonly Service[];
  /** base URL of the REST API */
  readonly restUrl: string;
}

/** The processes of the cluster, not started yet. */
export async function planServices(
  settings: Settings,
  bootstrapServers: string,
  logs: string,
  record: RunRecord,
  say: (line: string) => void,
): Promise<ClusterServices> {
  const defaults = settings.propertiesFile === undefined ? DEFAULTS : {};
  const common = { ...defaults, CONNECT_BOOTSTRAP_SERVERS: bootstrapServers };
  const tls = healthTls(settings.properties);
  const service = (name: string, app: string, url: string, env: Record<string, string>) => {
    const main = fileURLToPath(new URL(`../../../apps/${app}/dist/main.js`, import.meta.url));
    const args = settings.propertiesFile === undefined ? [main] : [main, settings.propertiesFile];
    const options = {
      command: process.execPath,
      args,
      env: withDefaults(common, env),
      logFile: join(logs, `${name}.log`),
      onStart: (pid: number) => record.add({ pid, mark: main, isBroker: false }),
    };
    return new Service(name, options, url, tls, say);
  };
  const internal = async (name: string, app: string, property: 'herder.listeners' | 'executor.listeners') => {
    const url = await internalUrl(settings.properties[property]);
    // What the file and the environment advertise is the gateway's: there is one of them, at one port.
    const own = { CONNECT_REST_ADVERTISED_PORT: '0', CONNECT_REST_ADVERTISED_LISTENER: '' };
    return service(name, app, url, { ...own, [environmentName(property)]: url });
  };
  const restUrl = urlOf(settings.gateway, settings.gateway.port);
  const executors: Service[] = [];
  for (let n = 1; n <= settings.executors; n++) {
    executors.push(
      await internal(settings.executors === 1 ? 'executor' : `executor-${n}`, 'task-executor', 'executor.listeners'),
    );
  }
  return {
    gateway: service('gateway', 'gateway', restUrl, {}),
    herder: await internal('herder', 'herder', 'herder.listeners'),
    executors,
    restUrl,
  };
}

/** Where a herder or executor listens: as the first of its listeners says, if there is one, but on a port of its own. */
async function internalUrl(listeners: string | undefined): Promise<string> {
  const first = listeners?.split(',')[0]?.trim();
  const [listener] = parseListeners(first === undefined ? ['http://127.0.0.1:0'] : [first]);
  return urlOf(listener ?? { protocol: 'http', host: '127.0.0.1' }, await freePort());
}

function urlOf({ protocol, host }: Pick<Listener, 'protocol' | 'host'>, port: number): string {
  const name = host === '' || host === '0.0.0.0' ? 'localhost' : host;
  return `${protocol}://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

const environmentName = (property: string) => `CONNECT_${property.toUpperCase().replaceAll('.', '_')}`;

/** The user's variables win over defaults, not over what the launcher itself decides. */
function withDefaults(common: Record<string, string>, own: Record<string, string>): Record<string, string> {
  const { CONNECT_BOOTSTRAP_SERVERS, ...defaults } = common;
  const kept = Object.fromEntries(Object.entries(defaults).map(([key, value]) => [key, process.env[key] ?? value]));
  return { ...kept, ...(CONNECT_BOOTSTRAP_SERVERS === undefined ? {} : { CONNECT_BOOTSTRAP_SERVERS }), ...own };
}
