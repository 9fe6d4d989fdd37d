import { ConnectError, type ErrantRecordReporter, type SinkRecord, type SourceRecord } from '@tributary/connect-api';
import type { ConnectorConfig } from '@tributary/config-schemas';
import type { IncomingRecord } from '@tributary/kafka-client';
import type { RecordErrors } from '../pipeline/record-errors.js';
import type { TaskSetting } from './task-setting.js';

/** What errors.* means for one task. */
export interface TaskErrors {
  readonly records: RecordErrors;
  /** errors.tolerance=all */
  readonly tolerant: boolean;
  /** Kafka refused a record for good, and that is tolerated. */
  produceFailed(record: SourceRecord, error: Error): Promise<void>;
  readonly reporter: ErrantRecordReporter | null;
  readonly remember: ((record: SinkRecord, original: IncomingRecord) => void) | undefined;
  readonly checkReports: (() => void) | undefined;
  reportsDone(): Promise<void>;
}

export function taskErrors(_setting: TaskSetting, _config: ConnectorConfig): TaskErrors {
  return {
    records: {
      recover: (_operation, cause) =>
        Promise.reject(new ConnectError('Tolerance exceeded in error handler', { cause })),
    },
    tolerant: false,
    produceFailed: () => Promise.resolve(),
    reporter: null,
    remember: undefined,
    checkReports: undefined,
    reportsDone: () => Promise.resolve(),
  };
}
