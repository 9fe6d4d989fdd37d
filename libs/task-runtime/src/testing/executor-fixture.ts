import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WorkerConfig } from '@tributary/config-schemas';
import { kafkaClients, type IncomingRecord, type OutgoingRecord } from '@tributary/kafka-client';
import {
  KafkaConfigStore,
  KafkaConfigWriter,
  KafkaOffsetStore,
  KafkaStatusStore,
  storageTopics,
  type ConnectorState,
  type TaskId,
} from '@tributary/kafka-storage';
import { until } from '@tributary/testing';
import { ConnectorTools, TaskExecutor } from '@tributary/task-runtime';

const PLUGINS = fileURLToPath(new URL('../../src/testing/plugins', import.meta.url));
export const DEADLINE_MS = 50_000;
let counter = 0;

/** A name that nobody else on the broker uses. */
export const unique = (name: string): string => `${name}-${process.pid}-${Date.now().toString(36)}-${counter++}`;

/** One cluster's topics and any number of executors over them; assignments are made by the test. */
export class ExecutorFixture {
  readonly directory = mkdtempSync(join(tmpdir(), 'tributary-executor-'));
  readonly groupId = unique('executor');
  /** the worker's */
  readonly properties: Readonly<Record<string, string>>;
  private readonly config: WorkerConfig;
  private readonly stored;
  private readonly topics;
  readonly configs: KafkaConfigStore;
  readonly statuses: KafkaStatusStore;
  private readonly writer: KafkaConfigWriter;
  private readonly closing: (() => Promise<void>)[] = [];
  private generation = 0;

  constructor(bootstrap: string, more: Record<string, string> = {}) {
    this.properties = {
      'bootstrap.servers': bootstrap,
      'group.id': this.groupId,
      'config.storage.topic': `${this.groupId}-configs`,
      'offset.storage.topic': `${this.groupId}-offsets`,
      'status.storage.topic': `${this.groupId}-status`,
      'config.storage.replication.factor': '1',
      'offset.storage.replication.factor': '1',
      'status.storage.replication.factor': '1',
      'offset.storage.partitions': '1',
      'status.storage.partitions': '1',
      'key.converter': 'org.apache.kafka.connect.storage.StringConverter',
      'value.converter': 'org.apache.kafka.connect.storage.StringConverter',
      'offset.flush.interval.ms': '300',
      'task.shutdown.graceful.timeout.ms': '2000',
      'executor.host.unresponsive.ms': '1500',
      'plugin.path': PLUGINS,
      ...more,
    };
    this.config = WorkerConfig.parse(this.properties, 'task-executor', () => undefined);
    this.stored = {
      clients: kafkaClients,
      properties: { ...this.config.internalClientProperties(''), 'group.id': this.groupId },
    };
    this.topics = storageTopics(this.properties);
    this.configs = new KafkaConfigStore({ ...this.stored, topic: this.topics.config });
    this.statuses = new KafkaStatusStore({ ...this.stored, topic: this.topics.status });
    this.writer = new KafkaConfigWriter({ ...this.stored, topic: this.topics.config, store: this.configs });
  }

  async start(): Promise<void> {
    await Promise.all([this.configs.start(), this.statuses.start()]);
    await this.writer.claim();
  }

  /** Stores a connector with so many tasks, each with the connector's own configuration. */
  async configure(name: string, config: Record<string, string>, tasks = 1, tasksMax = tasks): Promise<TaskId[]> {
    const full = { name, 'tasks.max': String(tasksMax), ...config };
    await this.writer.putConnector(name, full);
    await this.writer.putTaskConfigs(
      name,
      Array.from({ length: tasks }, (_, task) => ({ ...full, 'task.id': String(task) })),
    );
    return Array.from({ length: tasks }, (_, task) => ({ connector: name, task }));
  }

  get configWriter(): KafkaConfigWriter {
    return this.writer;
  }

  async executor(workerId: string): Promise<ExecutorHandle> {
    const offsets = new KafkaOffsetStore({ ...this.stored, topic: this.topics.offset });
    await offsets.start();
    const { config, configs, statuses } = this;
    const fenceZombies = (connector: string): Promise<void> => this.fenceZombies(connector);
    const executor = new TaskExecutor({ config, workerId, configs, statuses, offsets, fenceZombies });
    executor.start();
    this.closing.push(async () => {
      await executor.close();
      await offsets.stop();
    });
    return {
      executor,
      assign: (tasks) =>
        executor.assigned({ generation: ++this.generation, configOffset: this.configs.snapshot().offset, tasks }),
    };
  }

  tools(): ConnectorTools {
    const tools = new ConnectorTools({ config: this.config, configs: this.configs });
    this.closing.push(() => tools.close());
    return tools;
  }

  /** As the leading herder would. */
  private async fenceZombies(connector: string): Promise<void> {
    const admin = kafkaClients.admin(this.stored.properties);
    const count = this.configs.snapshot().taskCountRecord(connector) ?? 0;
    await admin.fenceProducers(Array.from({ length: count }, (_, task) => `${this.groupId}-${connector}-${task}`));
    await admin.close();
    await this.writer.putTaskCountRecord(connector, this.configs.snapshot().tasks(connector).length);
  }

  async state(id: TaskId, state: ConnectorState, workerId?: string): Promise<void> {
    await until(
      `task ${id.connector}-${id.task} to be ${state}`,
      () => {
        const status = this.statuses.task(id);
        if (status?.state === state && (workerId === undefined || status.workerId === workerId)) return true;
        throw new Error(`it is ${JSON.stringify(status)}`);
      },
      DEADLINE_MS,
    );
  }

  /** The values in a topic, in order per partition. */
  async values(topic: string, isolation?: 'read_uncommitted' | 'read_committed'): Promise<string[]> {
    return (await this.records(topic, isolation)).map(({ value }) => String(value));
  }

  async records(
    topic: string,
    isolation: 'read_uncommitted' | 'read_committed' = 'read_uncommitted',
  ): Promise<IncomingRecord[]> {
    const records: IncomingRecord[] = [];
    const reader = kafkaClients.topicReader(this.stored.properties, {
      topic,
      isolation,
      onRecords: (more) => void records.push(...more),
    });
    await reader.start();
    await reader.stop();
    return records;
  }

  async createTopic(topic: string, partitions = 1, configs: Record<string, string> = {}): Promise<void> {
    const admin = kafkaClients.admin(this.stored.properties);
    await admin.createTopic({ name: topic, partitions, replicationFactor: 1, configs });
    await admin.close();
  }

  async deleteTopic(topic: string): Promise<void> {
    const admin = kafkaClients.admin(this.stored.properties);
    await admin.deleteTopic(topic);
    await admin.close();
  }

  async topicFacts(topic: string): Promise<{ partitions: number | undefined; retentionMs: string | undefined }> {
    const admin = kafkaClients.admin(this.stored.properties);
    const partitions = (await admin.partitionCounts([topic])).get(topic);
    const configs = await admin.topicConfigs(topic);
    await admin.close();
    return { partitions, retentionMs: configs?.get('retention.ms') };
  }

  /** Numbers from `start` to before `end` as values, over the topic's partitions. */
  produce(topic: string, start: number, end: number, partitions = 1): Promise<void> {
    const values = Array.from({ length: end - start }, (_, index) => String(start + index));
    return this.produceValues(topic, values, partitions);
  }

  produceValues(topic: string, values: readonly string[], partitions = 1): Promise<void> {
    const record = { topic, key: null, headers: undefined, timestamp: null };
    return this.produceRecords(values.map((value, index) => ({ ...record, value, partition: index % partitions })));
  }

  async produceRecords(records: readonly OutgoingRecord[]): Promise<void> {
    const producer = kafkaClients.producer(this.stored.properties);
    await producer.send(records);
    await producer.close();
  }

  async committed(group: string): Promise<number> {
    const admin = kafkaClients.admin(this.stored.properties);
    const offsets = await admin.groupOffsets(group);
    await admin.close();
    return offsets.reduce((sum, { offset }) => sum + Math.max(0, offset), 0);
  }

  file(name: string): string {
    return join(this.directory, name);
  }

  lines(name: string): string[] {
    try {
      return readFileSync(this.file(name), 'utf8').split('\n').slice(0, -1);
    } catch {
      return [];
    }
  }

  async close(): Promise<void> {
    for (const close of this.closing) await close();
    await this.writer.release();
    await Promise.all([this.configs.stop(), this.statuses.stop()]);
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export interface ExecutorHandle {
  readonly executor: TaskExecutor;
  assign(tasks: readonly TaskId[]): Promise<void>;
}

/** The numbers from 0 to before `count`. */
export const numbers = (count: number): string[] => Array.from({ length: count }, (_, number) => String(number));
