import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Child, until } from '../process/index.js';
import { accepts } from './accepts.js';
import { serverProperties, type BrokerPorts } from './server-properties.js';

export interface EmbeddedKafkaOptions extends BrokerPorts {
  /** the java command */
  readonly java: string;
  /** folder with the broker's jars */
  readonly jars: string;
  /** configuration, data and log; a broker started again on the same folder goes on with its data */
  readonly directory: string;
  /** more lines for server.properties */
  readonly properties?: Readonly<Record<string, string>>;
  /** the JVM's heap; 512 MB unless told */
  readonly heapMb?: number;
  /** more options of the JVM, `-XX:+UseG1GC` unless told */
  readonly jvm?: readonly string[];
  /**
   * A folder with storage that was formatted before, and is copied instead of being formatted anew; made at the first
   * start. The brokers have the same cluster id then.
   */
  readonly formattedStorage?: string;
  /** kafka.log in `directory` unless told */
  readonly logFile?: string;
  /** told the process id at each start */
  readonly onStart?: (pid: number) => void;
}

/** A real Apache Kafka broker in a process of its own. */
export class EmbeddedKafka {
  private constructor(
    private readonly options: EmbeddedKafkaOptions,
    private child: Child,
  ) {}

  /** Formats the storage on the first start; resolves when the broker takes connections; where it does not, none is left. */
  static async start(options: EmbeddedKafkaOptions): Promise<EmbeddedKafka> {
    const dataDir = join(options.directory, 'data');
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(propertiesFile(options), serverProperties(options, dataDir, options.properties ?? {}));
    writeFileSync(join(options.directory, 'log4j2.yaml'), LOG4J);
    if (!existsSync(join(dataDir, 'meta.properties'))) await format(options, dataDir);
    const kafka = new EmbeddedKafka(options, launch(options));
    try {
      await kafka.ready();
    } catch (error) {
      await kafka.kill();
      throw error;
    }
    return kafka;
  }

  get bootstrapServers(): string {
    return `127.0.0.1:${this.options.port}`;
  }

  get logFile(): string {
    return this.child.logFile;
  }

  get process(): Child {
    return this.child;
  }

  /** Starts the broker again on the same data and port after `stop` or `kill`. */
  async restart(): Promise<void> {
    this.child = launch(this.options);
    await this.ready();
  }

  async stop(): Promise<void> {
    await this.child.stop(30_000);
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.child.exited;
  }

  private async ready(): Promise<void> {
    await until(
      `Kafka on ${this.bootstrapServers} (log: ${this.logFile})`,
      () => {
        if (this.child.exit) throw new Error(`the broker ended with exit code ${this.child.exit.code}`);
        return accepts(this.options.port);
      },
      60_000,
    );
  }
}

const LOG4J = `Configuration:
  Appenders:
    Console:
      name: OUT
      PatternLayout:
        pattern: "[%d] %p %m (%c)%n"
  Loggers:
    Root:
      level: WARN
      AppenderRef:
        - ref: OUT
`;

const propertiesFile = (options: EmbeddedKafkaOptions) => join(options.directory, 'server.properties');

function javaArgs(options: EmbeddedKafkaOptions, ...mainAndArgs: string[]): string[] {
  return [
    `-Xmx${options.heapMb ?? 512}m`,
    ...(options.jvm ?? ['-XX:+UseG1GC']),
    `-Dlog4j2.configurationFile=${join(options.directory, 'log4j2.yaml')}`,
    '-cp',
    join(options.jars, '*'),
    ...mainAndArgs,
  ];
}

async function format(options: EmbeddedKafkaOptions, dataDir: string): Promise<void> {
  const { java, formattedStorage } = options;
  if (formattedStorage !== undefined && existsSync(formattedStorage)) {
    cpSync(formattedStorage, dataDir, { recursive: true });
    return;
  }
  // One argument: an id may begin with a dash, which would be taken for an option of its own.
  const clusterId = `--cluster-id=${randomBytes(16).toString('base64url')}`;
  const args = ['kafka.tools.StorageTool', 'format', clusterId, '-c', propertiesFile(options)];
  await promisify(execFile)(java, javaArgs(options, ...args));
  if (formattedStorage !== undefined) keepFormatted(dataDir, formattedStorage);
}

/** In one step, as others may do the same at this moment. */
function keepFormatted(dataDir: string, formattedStorage: string): void {
  const copy = mkdtempSync(`${formattedStorage}-`);
  cpSync(dataDir, copy, { recursive: true });
  try {
    renameSync(copy, formattedStorage);
  } catch {
    // Somebody else was first.
    rmSync(copy, { recursive: true });
  }
}

function launch(options: EmbeddedKafkaOptions): Child {
  return Child.start({
    command: options.java,
    args: javaArgs(options, 'kafka.Kafka', propertiesFile(options)),
    logFile: options.logFile ?? join(options.directory, 'kafka.log'),
    onStart: options.onStart,
  });
}
