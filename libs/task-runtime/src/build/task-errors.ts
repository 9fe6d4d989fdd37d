import type { ErrantRecordReporter, SinkRecord, SourceRecord } from '@tributary/connect-api';
import type { ConnectorConfig } from '@tributary/config-schemas';
import {
  ErrantRecords,
  ErrorPolicy,
  errorSettings,
  LOG_REPORTER_LOGGER,
  LogReporter,
  SOURCE_TASK_CLASS,
  type ConsumedRecord,
  type ErrorReporter,
} from '@tributary/error-policy';
import type { IncomingRecord } from '@tributary/kafka-client';
import { loggerFor } from '@tributary/observability';
import type { TaskSetting } from './task-setting.js';

const log = loggerFor(LOG_REPORTER_LOGGER);

/** What errors.* means for one task. */
export class TaskErrors {
  readonly policy: ErrorPolicy;

  constructor({ payload, counters, stopping }: TaskSetting, config: ConnectorConfig) {
    const settings = errorSettings(config.config);
    const { connector, task } = payload;
    const reporters: ErrorReporter[] = [];
    if (settings.log) {
      reporters.push(new LogReporter({ connector, task, logRecords: settings.logRecords, log, counters }));
    }
    this.policy = new ErrorPolicy({ settings, reporters, counters, signal: stopping.signal });
  }

  /** Kafka refused a record for good, and that is tolerated. */
  produceFailed(record: SourceRecord, error: Error): Promise<void> {
    const step = { stage: 'KAFKA_PRODUCE', className: SOURCE_TASK_CLASS, subject: record } as const;
    return this.policy.report(step, error);
  }
}

/** The records that a sink task could not deliver and reports by itself, with what Kafka had in their place. */
export class SinkReports {
  readonly reporter: ErrantRecordReporter;
  /** lives as long as the sink record does */
  private readonly originals = new WeakMap<SinkRecord, IncomingRecord>();
  private readonly errant: ErrantRecords;

  constructor(private readonly policy: ErrorPolicy) {
    this.errant = new ErrantRecords(policy, (record) => this.originals.get(record) ?? consumed(record));
    this.reporter = this.errant;
  }

  remember(record: SinkRecord, original: IncomingRecord): void {
    this.originals.set(record, original);
  }

  /** Throws where a report made the task fail. */
  check(): void {
    this.errant.check();
  }

  async done(): Promise<void> {
    await Promise.all([this.errant.done(), this.policy.reportsDone()]);
    this.errant.check();
  }
}

/** A record that the task made itself, told by where it says that it came from. */
function consumed(record: SinkRecord): ConsumedRecord {
  return {
    topic: record.originalTopic,
    partition: record.originalKafkaPartition,
    offset: record.originalKafkaOffset,
    timestamp: record.timestamp ?? -1,
    timestampType: record.timestampType,
    key: null,
    value: null,
    headers: undefined,
  };
}
