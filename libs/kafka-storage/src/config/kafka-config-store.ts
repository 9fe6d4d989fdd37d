import type { IncomingRecord, TopicReader } from '@tributary/kafka-client';
import { loggerFor } from '@tributary/observability';
import type { ClusterConfig, ConfigListener, ConfigStore } from '../api.js';
import { Listeners } from '../listeners.js';
import { openWorkerTopic } from '../open-topic.js';
import type { StoreOptions } from '../store-options.js';
import { ClusterConfigState, type ConfigEvent } from './cluster-config-state.js';
import { isSkipped, logSkipped } from '../skipped-record.js';
import { decodeConfigRecord } from './config-records.js';

const log = loggerFor('storage.config');

/**
 * The view of the config topic: one compacted partition, read from its start by every process, committed records only.
 * Order is the topic's order. After a restart all is read again; what happened before is not reported to listeners, and
 * old restart requests mean nothing. Records that cannot be read are skipped with a line in the log and never stop it.
 */
export class KafkaConfigStore implements ConfigStore {
  private readonly state = new ClusterConfigState();
  private readonly listeners = new Listeners<ConfigListener>(log);
  private reader: TopicReader | undefined;
  private started = false;

  constructor(private readonly options: StoreOptions) {}

  async start(): Promise<void> {
    this.reader = await openWorkerTopic(this.options, {
      role: 'config',
      clientRole: 'configs',
      onRecords: (records) => this.read(records),
    });
    await this.reader.start();
    this.started = true;
  }

  snapshot(): ClusterConfig {
    return this.state.snapshot();
  }

  async refresh(): Promise<void> {
    await this.reader?.readToEnd();
  }

  subscribe(listener: ConfigListener): () => void {
    return this.listeners.add(listener);
  }

  async stop(): Promise<void> {
    await this.reader?.stop();
  }

  private read(records: readonly IncomingRecord[]): void {
    for (const { key, value, offset } of records) {
      const keyText = key?.toString('utf8') ?? null;
      const record = decodeConfigRecord(keyText, value?.toString('utf8') ?? null);
      if (isSkipped(record)) {
        this.state.advance(offset);
        logSkipped(log, record, this.options.topic.name, keyText, offset);
        continue;
      }
      const event = this.state.apply(record, offset);
      if (event !== undefined && this.started) this.listeners.each((listener) => tell(listener, event));
    }
  }
}

function tell(listener: ConfigListener, event: ConfigEvent): void {
  switch (event.kind) {
    case 'connector-config':
      return listener.connectorConfigChanged?.(event.connector);
    case 'connector-removed':
      return listener.connectorRemoved?.(event.connector);
    case 'task-configs':
      return listener.taskConfigsChanged?.(event.connector);
    case 'target-state':
      return listener.targetStateChanged?.(event.connector);
    case 'restart':
      return listener.restartRequested?.(event.request);
    case 'session-key':
      return listener.sessionKeyChanged?.(event.key);
    case 'logger-level':
      return listener.loggerLevelChanged?.(event.namespace, event.level);
  }
}
