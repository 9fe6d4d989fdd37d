import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findJava, referenceJars, referenceTestPlugins, SHORT_LIVED_JVM } from '../kafka/index.js';
import { Child, freePort, until } from '../process/index.js';
import { ConnectClient } from './connect-client.js';
import { exchange } from './exchange.js';
import { commonProperties, type ClusterOptions } from './tributary-cluster.js';

const READY_DEADLINE_MS = 300_000;

export interface ReferenceOptions {
  /** folders with the classes of a plugin each, for its plugin path */
  readonly plugins?: readonly string[];
  /** with the reference's connectors for system tests, which work on the class path alone */
  readonly testPlugins?: boolean;
  /** started as its own scripts start it, to be measured; else so that it is ready in a fifth of the processor time */
  readonly asDelivered?: boolean;
  /** the JAAS file of its basic authentication, and the header with which it can be asked how it is */
  readonly login?: { readonly jaasFile: string; readonly authorization: string };
}

const JVM_AS_DELIVERED: readonly string[] = ['-XX:+UseG1GC', '-XX:MaxGCPauseMillis=20'];

/** An Apache Kafka Connect worker, run beside us to compare. */
export class ReferenceWorker {
  private constructor(
    readonly url: string,
    readonly child: Child,
  ) {}

  static async start(
    options: ClusterOptions,
    { plugins = [], testPlugins = false, asDelivered = false, login }: ReferenceOptions = {},
  ): Promise<ReferenceWorker> {
    const java = findJava();
    if (java === undefined) throw new Error('the reference worker needs Java');
    const jars = await referenceJars();
    const port = await freePort();
    mkdirSync(options.directory, { recursive: true });
    const own = isolateFileConnector(jars, options.directory);
    for (const plugin of plugins) symlinkSync(plugin, join(options.directory, 'plugins', basename(plugin)));
    const classPath = testPlugins ? `${own}:${join(await referenceTestPlugins(), '*')}` : own;
    const properties = join(options.directory, 'reference.properties');
    writeFileSync(properties, workerProperties(options, port, asDelivered));
    writeFileSync(join(options.directory, 'log4j2.properties'), LOG4J);
    const child = Child.start({
      command: java,
      args: [
        '-Xms256M',
        '-Xmx2G',
        ...(asDelivered ? JVM_AS_DELIVERED : SHORT_LIVED_JVM),
        `-Dlog4j2.configurationFile=${join(options.directory, 'log4j2.properties')}`,
        ...(login === undefined ? [] : [`-Djava.security.auth.login.config=${login.jaasFile}`]),
        '-cp',
        classPath,
        'org.apache.kafka.connect.cli.ConnectDistributed',
        properties,
      ],
      logFile: join(options.directory, 'reference.log'),
    });
    const worker = new ReferenceWorker(`http://127.0.0.1:${port}`, child);
    try {
      await until(
        `the reference worker to be ready (log: ${child.logFile})`,
        () => worker.isReady(login?.authorization ?? null),
        READY_DEADLINE_MS,
      );
    } catch (error) {
      await worker.stop();
      throw error;
    }
    return worker;
  }

  get client(): ConnectClient {
    return new ConnectClient(this.url);
  }

  async stop(): Promise<void> {
    await this.child.stop(30_000);
  }

  private async isReady(authorization: string | null): Promise<boolean> {
    if (this.child.exit) throw new Error(`it ended with exit code ${this.child.exit.code}`);
    return (await exchange(this.url, 'GET', '/health', '', { authorization })).status === 200;
  }
}

/** The file connectors belong on the plugin path; all other jars are the class path. */
function isolateFileConnector(jars: string, directory: string): string {
  const plugins = join(directory, 'plugins');
  // Of a worker that ran on this folder before.
  rmSync(plugins, { recursive: true, force: true });
  mkdirSync(plugins, { recursive: true });
  const all = readdirSync(jars).filter((file) => file.endsWith('.jar'));
  for (const jar of all.filter((file) => file.startsWith('connect-file')))
    symlinkSync(join(jars, jar), join(plugins, jar));
  return all
    .filter((file) => !file.startsWith('connect-file'))
    .map((file) => join(jars, file))
    .join(':');
}

function workerProperties(options: ClusterOptions, port: number, asDelivered: boolean): string {
  const all: Record<string, string> = {
    // All its plugins have manifests, so that it finds the same without searching every jar.
    ...(asDelivered ? {} : { 'plugin.discovery': 'service_load' }),
    ...commonProperties(options),
    listeners: `http://127.0.0.1:${port}`,
    'plugin.path': join(options.directory, 'plugins'),
  };
  return Object.entries(all)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

const LOG4J = `appender.out.type = Console
appender.out.name = OUT
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = [%d] %p %X{connector.context}%m (%c)%n
rootLogger.level = INFO
rootLogger.appenderRef.out.ref = OUT
`;
