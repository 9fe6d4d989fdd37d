export { loggerFor, logLevels, type Logger } from './logger.js';
export { LOG_LEVELS, LogLevels, logLevel, type LoggerLevel, type LogLevel } from './log-levels.js';
export { currentLogContext, withLogContext, type LogContext } from './log-context.js';
export { lastWords } from './last-words.js';
export { redactText } from './redact.js';
export { newTaskCounters, type ErrorCounters, type TaskCounters } from './task-counters.js';
export { describeMetrics, type MetricDescription } from './metrics/describe-metrics.js';
export { Metrics, metrics, renderMetrics, type RenderedMetrics } from './metrics/metrics.js';
export type { ConnectorFacts, ConnectState } from './metrics/connect-state.js';
