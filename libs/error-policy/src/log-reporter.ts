import type { ErrorCounters, Logger } from '@tributary/observability';
import { recordText } from './record-text.js';
import type { ErrorReporter, Failure } from './reporter.js';

/** The name under which users know these lines and set their level. */
export const LOG_REPORTER_LOGGER = 'org.apache.kafka.connect.runtime.errors.LogReporter';

export interface LogReporterOptions {
  readonly connector: string;
  readonly task: number;
  /** whether the line shows the record */
  readonly logRecords: boolean;
  readonly log: Pick<Logger, 'error'>;
  readonly counters: Pick<ErrorCounters, 'errorsLogged'>;
}

/** One error line for each record that failed for good. */
export class LogReporter implements ErrorReporter {
  constructor(private readonly options: LogReporterOptions) {}

  report({ stage, className, subject, error }: Failure): Promise<void> {
    const { connector, task, logRecords, log, counters } = this.options;
    const record = logRecords ? recordText(subject) : '';
    const place = `Executing stage '${stage}' with class '${className}'${record}.`;
    log.error({ err: error }, `Error encountered in task ${connector}-${task}. ${place}`);
    counters.errorsLogged++;
    return Promise.resolve();
  }
}
