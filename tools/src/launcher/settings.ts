import { loadWorkerProperties, parseListeners, type Listener } from '@tributary/config-schemas';

/** What one start of the cluster is made of, from the command line, the worker properties file and the environment. */
export interface Settings {
  /** path of a worker properties file, handed to each service */
  readonly propertiesFile: string | undefined;
  readonly clean: boolean;
  readonly executors: number;
  /** undefined: start a broker */
  readonly bootstrapServers: string | undefined;
  /** port for the broker that we start */
  readonly kafkaPort: number;
  /** the worker properties from the file and the environment */
  readonly properties: Readonly<Record<string, string>>;
  /** the gateway's first listener */
  readonly gateway: Listener;
}

/** Thrown with the one line that the user sees before the launcher ends. */
export class LaunchError extends Error {}

export const USAGE = `usage: npm start -- [--clean] [worker.properties]

  --clean            forget all data of earlier starts
  worker.properties  properties for the three services

environment:
  TRIBUTARY_EXECUTORS        number of task executors (1)
  TRIBUTARY_KAFKA_PORT       port of the embedded Kafka (9092)
  CONNECT_BOOTSTRAP_SERVERS  use this Kafka instead of an embedded one
  CONNECT_*                  any worker property: CONNECT_GROUP_ID is group.id`;

export function settingsFrom(args: readonly string[], env: NodeJS.ProcessEnv): Settings {
  const unknown = args.find((arg) => arg.startsWith('-') && arg !== '--clean');
  if (unknown !== undefined) throw new LaunchError(`unknown option ${unknown}\n${USAGE}`);
  const files = args.filter((arg) => !arg.startsWith('-'));
  if (files.length > 1) throw new LaunchError(`one properties file at the most, not ${files.length}\n${USAGE}`);
  const properties = loadWorkerProperties(files, env);
  return {
    propertiesFile: files[0],
    clean: args.includes('--clean'),
    executors: wholeNumber(env, 'TRIBUTARY_EXECUTORS', 1, 0, 64),
    bootstrapServers: properties['bootstrap.servers'],
    kafkaPort: wholeNumber(env, 'TRIBUTARY_KAFKA_PORT', 9092, 1, 65535),
    properties,
    gateway: firstListener(properties.listeners ?? 'http://:8083'),
  };
}

function wholeNumber(env: NodeJS.ProcessEnv, name: string, fallback: number, least: number, most: number): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new LaunchError(`${name} is '${text}', but must be a whole number from ${least} to ${most}`);
}

/** The first one tells where the REST API is; the gateway checks the others. */
function firstListener(listeners: string): Listener {
  const [listener] = parseListeners([(listeners.split(',')[0] ?? '').trim()]);
  if (listener === undefined || listener.port === 0) {
    throw new LaunchError(`listeners is '${listeners}', but the first one must have a port, as http://:8083 has`);
  }
  return listener;
}
