import { ConnectError, IllegalStateError } from '@tributary/connect-api';
import type { IncomingRecord, Producer, TopicReader } from '@tributary/kafka-client';
import { loggerFor } from '@tributary/observability';
import type { AutoRestart, AutoRestartTarget, Status, StatusStore, TaskId } from '../api.js';
import { systemClock } from '../clock.js';
import { Listeners } from '../listeners.js';
import { openWorkerTopic } from '../open-topic.js';
import { isSkipped, logSkipped } from '../skipped-record.js';
import type { StoreOptions } from '../store-options.js';
import { internalClientProperties } from '../topics/client-properties.js';
import { LatestWinsSender } from './latest-wins-sender.js';
import { decodeStatusRecord, encodeStatusRecord, type StatusRecord } from './status-records.js';
import { StatusView } from './status-view.js';

const log = loggerFor('storage.status');

/**
 * The view of the status topic, and this process's writes to it. Every process may write: owners of connectors and tasks
 * their states, tasks the topics they use. The generation in each status orders writers of the same key: the `Safe` puts
 * yield to a newer generation of another worker, so that a former owner's last words do not hide the new owner's.
 *
 * A put shows in the own view when it has been read back, like any other's; `refresh` waits for that.
 */
export class KafkaStatusStore implements StatusStore {
  private readonly view = new StatusView();
  private readonly listeners = new Listeners<{ statusChanged(connector: string): void }>(log);
  private reader: TopicReader | undefined;
  private producer: Producer | undefined;
  private sender: LatestWinsSender | undefined;
  private started = false;

  constructor(private readonly options: StoreOptions) {}

  async start(): Promise<void> {
    const { clients, properties, clock = systemClock } = this.options;
    this.reader = await openWorkerTopic(this.options, {
      role: 'status',
      clientRole: 'statuses',
      onRecords: (records) => this.read(records),
    });
    this.producer = clients.producer({ ...internalClientProperties(properties, 'statuses'), acks: 'all' });
    this.sender = new LatestWinsSender(this.producer, this.options.topic.name, clock);
    await this.reader.start();
    this.started = true;
  }

  connector(name: string): Status | undefined {
    return this.view.connector(name);
  }

  task(id: TaskId): Status | undefined {
    return this.view.task(id);
  }

  tasks(connector: string): readonly (TaskId & Status)[] {
    return this.view.tasks(connector);
  }

  connectors(): readonly string[] {
    return this.view.connectors();
  }

  activeTopics(connector: string): readonly string[] {
    return this.view.topics(connector);
  }

  putConnector(name: string, status: Status | null): Promise<void> {
    return this.write({ kind: 'connector', connector: name, status });
  }

  putTask(id: TaskId, status: Status | null): Promise<void> {
    return this.write({ kind: 'task', id, status });
  }

  async putConnectorSafe(name: string, status: Status): Promise<void> {
    const mayWrite = () => yieldsTo(this.view.connector(name), status) === false;
    await this.write({ kind: 'connector', connector: name, status }, mayWrite);
  }

  async putTaskSafe(id: TaskId, status: Status): Promise<void> {
    const mayWrite = () => yieldsTo(this.view.task(id), status) === false;
    await this.write({ kind: 'task', id, status }, mayWrite);
  }

  putTopic(connector: string, task: number, topic: string): Promise<void> {
    const discoveredAt = (this.options.clock ?? systemClock).now();
    return this.write({ kind: 'topic', connector, topic, use: { task, discoveredAt } });
  }

  async resetTopics(connector: string): Promise<void> {
    const topics = this.view.topics(connector);
    await Promise.all(topics.map((topic) => this.write({ kind: 'topic', connector, topic, use: null })));
  }

  autoRestart(target: AutoRestartTarget): AutoRestart | undefined {
    return this.view.autoRestart(target);
  }

  autoRestarts(connector: string): readonly AutoRestartTarget[] {
    return this.view.autoRestarts(connector);
  }

  putAutoRestart(target: AutoRestartTarget, restart: AutoRestart | null): Promise<void> {
    return this.write({ kind: 'auto-restart', target, restart });
  }

  async refresh(): Promise<void> {
    await this.reader?.readToEnd();
  }

  subscribe(listener: { statusChanged(connector: string): void }): () => void {
    return this.listeners.add(listener);
  }

  async stop(): Promise<void> {
    this.sender?.stop();
    await Promise.all([this.reader?.stop(), this.producer?.close()]);
  }

  private async write(record: StatusRecord, mayWrite?: () => boolean): Promise<void> {
    const { sender } = this;
    if (sender === undefined) throw new IllegalStateError('writing a status: the store has not been started');
    const { key, value } = encodeStatusRecord(record);
    try {
      await sender.send(key, value, mayWrite);
    } catch (error) {
      throw new ConnectError(`writing ${key} to topic ${this.options.topic.name}`, { cause: error });
    }
  }

  private read(records: readonly IncomingRecord[]): void {
    for (const { key, value, offset } of records) {
      const keyText = key?.toString('utf8') ?? null;
      const record = decodeStatusRecord(keyText, value?.toString('utf8') ?? null);
      if (isSkipped(record)) {
        logSkipped(log, record, this.options.topic.name, keyText, offset);
        continue;
      }
      const connector = this.view.apply(record);
      if (connector !== undefined && this.started) this.listeners.each((listener) => listener.statusChanged(connector));
    }
  }
}

/** Whether another worker has written in a newer generation. */
function yieldsTo(known: Status | undefined, status: Status): boolean {
  return known !== undefined && known.workerId !== status.workerId && known.generation > status.generation;
}
