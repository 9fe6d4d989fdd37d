import { ConnectError, IllegalStateError, type RecordMetadata } from '@tributary/connect-api';
import { FencedError, type TransactionalProducer } from '@tributary/kafka-client';
import type {
  ConfigStore,
  ConfigWriter,
  ConnectorConfig,
  RestartRequest,
  SessionKey,
  TargetState,
  TaskConfig,
} from '../api.js';
import { systemClock } from '../clock.js';
import type { StoreOptions } from '../store-options.js';
import { internalClientProperties } from '../topics/client-properties.js';
import { within } from '../within.js';
import { encodeConfigRecord, type ConfigRecord } from './config-records.js';

/** Bound of one change, until the own view shows it. */
const CHANGE_LIMIT_MS = 30_000;
/** Bound of the wait for a change that is being made when the topic is released. */
const RELEASE_LIMIT_MS = 2_000;
/** How long readers may be held up by the open transaction of a writer that died. */
const TRANSACTION_TIMEOUT_MS = 10_000;
/** Between looks at the end of the topic: a committed transaction becomes readable a moment after its commit. */
const READ_BACK_PAUSE_MS = 5;

export interface ConfigWriterOptions extends Omit<StoreOptions, 'topic'> {
  readonly topic: { readonly name: string };
  /** the view in which changes must show before a call resolves */
  readonly store: ConfigStore;
}

/**
 * The one writer of the config topic. All writers of a cluster share one transactional id, `connect-cluster-<group.id>`:
 * whoever claims it last fences the others, so that a leader that was deposed without noticing cannot write. Each change is
 * one transaction, and changes are made one after the other in the order of the calls.
 *
 * Connector before target state, or tasks before commit: readers that stop in between see what they must see first.
 */
export class KafkaConfigWriter implements ConfigWriter {
  private producer: TransactionalProducer | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: ConfigWriterOptions) {}

  async claim(): Promise<void> {
    await this.release();
    const { clients, properties, store } = this.options;
    const producer = clients.transactionalProducer({
      ...internalClientProperties(properties, 'configs-leader'),
      'transactional.id': `connect-cluster-${properties['group.id'] ?? ''}`,
      'transaction.timeout.ms': String(TRANSACTION_TIMEOUT_MS),
      acks: 'all',
    });
    this.producer = producer;
    try {
      await producer.open();
      await store.refresh();
    } catch (error) {
      await this.release();
      throw error;
    }
  }

  /** The target state goes first, so that no reader starts a connector that is to be created stopped. */
  putConnector(name: string, config: ConnectorConfig, initialState?: TargetState): Promise<void> {
    const connector = { kind: 'connector', connector: name, config } as const;
    if (initialState === undefined) return this.write([connector]);
    return this.write([{ kind: 'target-state', connector: name, state: initialState }, connector]);
  }

  removeConnector(name: string): Promise<void> {
    return this.write([
      { kind: 'connector', connector: name, config: null },
      { kind: 'target-state', connector: name, state: null },
    ]);
  }

  putTaskConfigs(name: string, configs: readonly TaskConfig[]): Promise<void> {
    const tasks = configs.map((config, task) => ({ kind: 'task', id: { connector: name, task }, config }) as const);
    return this.write([...tasks, { kind: 'commit', connector: name, tasks: configs.length }]);
  }

  putTargetState(name: string, state: TargetState): Promise<void> {
    const target = { kind: 'target-state', connector: name, state } as const;
    if (state !== 'STOPPED') return this.write([target]);
    return this.write([{ kind: 'commit', connector: name, tasks: 0 }, target]);
  }

  putTaskCountRecord(name: string, taskCount: number): Promise<void> {
    return this.write([{ kind: 'task-count', connector: name, taskCount }]);
  }

  putRestartRequest(request: RestartRequest): Promise<void> {
    return this.write([{ kind: 'restart', request }]);
  }

  putSessionKey(key: SessionKey): Promise<void> {
    return this.write([{ kind: 'session-key', key }]);
  }

  putLoggerLevel(namespace: string, level: string): Promise<void> {
    return this.write([{ kind: 'logger-level', namespace, level }]);
  }

  /** What is being written is finished first: a transaction left open would hold up every reader until it times out. */
  async release(): Promise<void> {
    const producer = this.producer;
    this.producer = undefined;
    if (producer === undefined) return;
    await within(RELEASE_LIMIT_MS, 'finishing the last change', this.last).catch(() => undefined);
    await producer.close();
  }

  private write(records: readonly ConfigRecord[]): Promise<void> {
    const change = this.last.then(() => this.change(records));
    this.last = change.catch(() => undefined);
    return change;
  }

  private async change(records: readonly ConfigRecord[]): Promise<void> {
    const { producer } = this;
    if (producer === undefined)
      throw new IllegalStateError('writing to the config topic: this process has not claimed it');
    const { clock = systemClock, topic } = this.options;
    const deadline = clock.now() + CHANGE_LIMIT_MS;
    const outgoing = records.map(encodeConfigRecord).map(({ key, value }) => ({
      topic: topic.name,
      partition: 0,
      key,
      value,
      headers: undefined,
      timestamp: null,
    }));
    let written: readonly RecordMetadata[];
    try {
      written = await within(CHANGE_LIMIT_MS, 'committing to the config topic', producer.transact(outgoing));
    } catch (error) {
      if (error instanceof FencedError) throw error;
      throw new ConnectError('Error writing connector configuration to Kafka', { cause: error });
    }
    await this.readBack(Math.max(...written.map(({ offset }) => offset)), deadline);
  }

  private async readBack(offset: number, deadline: number): Promise<void> {
    const { clock = systemClock, store } = this.options;
    for (;;) {
      const left = Math.max(1, deadline - clock.now());
      await within(left, 'reading back from the config topic', store.refresh());
      if (store.snapshot().offset > offset) return;
      if (clock.now() >= deadline)
        throw new ConnectError(
          `reading back from the config topic: record ${offset} did not show within ${CHANGE_LIMIT_MS} ms`,
        );
      await clock.sleep(READ_BACK_PAUSE_MS);
    }
  }
}
