import type { SourceRecord } from '@tributary/connect-api';
import type { ConnectorConfig } from '@tributary/config-schemas';
import {
  ErrorPolicy,
  errorSettings,
  LOG_REPORTER_LOGGER,
  LogReporter,
  SOURCE_TASK_CLASS,
  type DeadLetterQueue,
  type ErrorReporter,
} from '@tributary/error-policy';
import { loggerFor } from '@tributary/observability';
import type { TaskReporters } from '../pipeline/record-errors.js';
import { deadLetterQueue } from './dead-letter-queue.js';
import type { TaskSetting } from './task-setting.js';

const log = loggerFor(LOG_REPORTER_LOGGER);

/** What errors.* means for one task. */
export class TaskErrors implements TaskReporters {
  readonly policy: ErrorPolicy;
  private readonly queue: DeadLetterQueue | undefined;

  constructor(setting: TaskSetting, config: ConnectorConfig) {
    const { payload, counters, stopping } = setting;
    const settings = errorSettings(config.config);
    const { connector, task } = payload;
    const reporters: ErrorReporter[] = [];
    if (settings.log) {
      reporters.push(new LogReporter({ connector, task, logRecords: settings.logRecords, log, counters }));
    }
    this.queue = deadLetterQueue(setting, config);
    if (this.queue !== undefined) reporters.push(this.queue);
    this.policy = new ErrorPolicy({ settings, reporters, counters, signal: stopping.signal });
  }

  async open(): Promise<void> {
    await this.queue?.open();
  }

  async close(timeoutMs: number): Promise<void> {
    await this.queue?.close(timeoutMs);
  }

  /** Kafka refused a record for good, and that is tolerated. */
  produceFailed(record: SourceRecord, error: Error): Promise<void> {
    const step = { stage: 'KAFKA_PRODUCE', className: SOURCE_TASK_CLASS, subject: record } as const;
    return this.policy.report(step, error);
  }
}
