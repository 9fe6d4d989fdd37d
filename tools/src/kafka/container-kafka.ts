import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { Child, until } from '../process/index.js';
import { answersKafka } from './answers-kafka.js';
import { STATE_DIR } from './places.js';

const IMAGE = 'apache/kafka:4.3.1';
/** Of the container and of its volume: one for each folder of state. */
const NAME = `tributary-kafka-${createHash('sha256').update(STATE_DIR).digest('hex').slice(0, 8)}`;

export function dockerAnswers(): boolean {
  return spawnSync('docker', ['info'], { stdio: 'ignore' }).status === 0;
}

/** Removes the data that earlier containers left. */
export function removeContainerData(): void {
  spawnSync('docker', ['volume', 'rm', '-f', NAME], { stdio: 'ignore' });
}

export interface ContainerKafkaOptions {
  readonly port: number;
  readonly logFile: string;
  /** told the process id of `docker run` at each start */
  readonly onStart?: (pid: number) => void;
}

/** A broker in a container that this process's child keeps in the foreground; its data is in a volume. */
export class ContainerKafka {
  private constructor(
    private readonly options: ContainerKafkaOptions,
    private child: Child,
  ) {}

  static async start(options: ContainerKafkaOptions): Promise<ContainerKafka> {
    const kafka = new ContainerKafka(options, run(options));
    await kafka.ready();
    return kafka;
  }

  get bootstrapServers(): string {
    return `127.0.0.1:${this.options.port}`;
  }

  get process(): Child {
    return this.child;
  }

  async restart(): Promise<void> {
    this.child = run(this.options);
    await this.ready();
  }

  async stop(): Promise<void> {
    await this.child.stop(30_000);
  }

  private async ready(): Promise<void> {
    await until(
      `Kafka on ${this.bootstrapServers} (log: ${this.options.logFile})`,
      () => {
        if (this.child.exit) throw new Error(`docker run ended with exit code ${this.child.exit.code}`);
        return answersKafka(this.options.port);
      },
      120_000,
    );
  }
}

function run({ port, logFile, onStart }: ContainerKafkaOptions): Child {
  const settings = {
    KAFKA_NODE_ID: '1',
    KAFKA_PROCESS_ROLES: 'broker,controller',
    KAFKA_LISTENERS: `PLAINTEXT://:${port},CONTROLLER://:9093`,
    KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}`,
    KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
    KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
    KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
    KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '8',
    KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
    KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS: '4',
    KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
    KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
    KAFKA_LOG_DIRS: '/var/lib/kafka/data',
  };
  const env = Object.entries(settings).flatMap(([key, value]) => ['-e', `${key}=${value}`]);
  // One that outlived its `docker run` would keep the port and the name.
  spawnSync('docker', ['rm', '-f', '-v', NAME], { stdio: 'ignore' });
  const args = [
    'run',
    '--rm',
    '--init',
    '--name',
    NAME,
    '-p',
    `127.0.0.1:${port}:${port}`,
    '-v',
    `${NAME}:/var/lib/kafka/data`,
    ...env,
    IMAGE,
  ];
  return Child.start({ command: 'docker', args, logFile, onStart });
}
