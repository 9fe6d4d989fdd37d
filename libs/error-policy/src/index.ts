export { ErrantRecords, type OriginalOf } from './errant-records.js';
export { ErrorPolicy, RetryStoppedError, type ErrorPolicyOptions } from './error-policy.js';
export { errorSettings, type ErrorSettings } from './error-settings.js';
export { LOG_REPORTER_LOGGER, LogReporter, type LogReporterOptions } from './log-reporter.js';
export type { ErrorReporter, Failure } from './reporter.js';
export {
  SINK_TASK_CLASS,
  SOURCE_TASK_CLASS,
  type ConsumedRecord,
  type FailedStep,
  type RetryableStep,
  type Stage,
} from './stages.js';
export type { Timer } from './timer.js';
