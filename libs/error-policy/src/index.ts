export { CONTEXT_PREFIX, contextHeaders, type FailedTask } from './dead-letter/context-headers.js';
export { letterHeaders, type LetterHeaders } from './dead-letter/letter-headers.js';
export { deadLetter, type DeadLetterForm } from './dead-letter/dead-letter.js';
export { DEAD_LETTER_LOGGER, DeadLetterQueue, type DeadLetterQueueOptions } from './dead-letter/dead-letter-queue.js';
export { ErrantRecords, type OriginalOf } from './errant-records.js';
export { ErrorPolicy, UndecidedRecordError, type ErrorPolicyOptions } from './error-policy.js';
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
