import { join } from 'node:path';
import { connect } from 'node:net';
import {
  brokerJars,
  EmbeddedKafka,
  findJava,
  findMaven,
  hasBrokerJars,
  JarsError,
  OLDEST_JAVA,
} from '../kafka/index.js';
import { ContainerKafka, dockerAnswers } from '../kafka/container-kafka.js';
import { freePort, portIsFree, type Child } from '../process/index.js';
import type { RunRecord } from './run-record.js';
import { LaunchError, type Settings } from './settings.js';

/** The Kafka that the cluster uses. */
export interface Broker {
  readonly bootstrapServers: string;
  /** undefined where it is not ours */
  readonly own: { readonly process: Child; restart(): Promise<void>; stop(): Promise<void> } | undefined;
}

/** An existing Kafka, or one that we start: with Java and Maven as a process, else with Docker as a container. */
export async function startBroker(
  settings: Settings,
  directory: string,
  record: RunRecord,
  say: (line: string) => void,
): Promise<Broker> {
  if (settings.bootstrapServers !== undefined) return existingBroker(settings.bootstrapServers);
  const port = settings.kafkaPort;
  if (!(await portIsFree(port, '127.0.0.1'))) {
    throw new LaunchError(
      `port ${port} for Kafka is in use: set TRIBUTARY_KAFKA_PORT to another, or CONNECT_BOOTSTRAP_SERVERS to the Kafka that has it`,
    );
  }
  const logFile = join(directory, 'logs', 'kafka.log');
  const java = findJava();
  if (java !== undefined && (hasBrokerJars() || findMaven() !== undefined)) {
    const jars = await brokerJars(() => say('Fetching the jars of Apache Kafka 4.3.1 with Maven ...')).catch(
      (error: unknown) => {
        throw error instanceof JarsError ? new LaunchError(error.message, { cause: error }) : error;
      },
    );
    say('Starting Apache Kafka 4.3.1 ...');
    const controllerPort = await freePort();
    const onStart = (pid: number) => record.add({ pid, mark: join(directory, 'kafka'), isBroker: true });
    const options = { java, jars, directory: join(directory, 'kafka'), port, controllerPort, logFile, onStart };
    const kafka = await EmbeddedKafka.start(options).catch(notStarted);
    return { bootstrapServers: kafka.bootstrapServers, own: kafka };
  }
  if (dockerAnswers()) {
    say('Starting a container of apache/kafka:4.3.1 ...');
    const kafka = await ContainerKafka.start({
      port,
      logFile,
      onStart: (pid) => record.add({ pid, mark: 'docker', isBroker: true }),
    }).catch(notStarted);
    return { bootstrapServers: kafka.bootstrapServers, own: kafka };
  }
  throw new LaunchError(
    `Tributary needs a Kafka: install Java ${OLDEST_JAVA} or newer together with Maven, or run Docker, or set CONNECT_BOOTSTRAP_SERVERS to a Kafka that you have`,
  );
}

function notStarted(cause: unknown): never {
  throw new LaunchError(`Kafka could not start: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
}

async function existingBroker(bootstrapServers: string): Promise<Broker> {
  const servers = bootstrapServers.split(',').map((server) => server.trim());
  const answers = await Promise.all(servers.map(reachable));
  if (!answers.includes(true)) {
    throw new LaunchError(
      `no Kafka answers at ${bootstrapServers} (bootstrap.servers): is it running, and is the address right?`,
    );
  }
  return { bootstrapServers, own: undefined };
}

function reachable(server: string): Promise<boolean> {
  const colon = server.lastIndexOf(':');
  const port = Number(server.slice(colon + 1));
  if (colon < 1 || !Number.isInteger(port) || port < 1 || port > 65535) {
    throw new LaunchError(`bootstrap.servers has '${server}', but each entry must be host:port`);
  }
  const host = server.slice(0, colon).replace(/^\[|\]$/g, '');
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 5_000 });
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
    socket.once('timeout', () => done(false));
  });
}
