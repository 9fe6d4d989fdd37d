export { loggerFor, type Logger } from './logger.js';
export { currentLogContext, withLogContext, type LogContext } from './log-context.js';
export { newTaskCounters, type ErrorCounters, type TaskCounters } from './task-counters.js';
export { Metrics, metrics, renderMetrics, type RenderedMetrics } from './metrics/metrics.js';
export type { ConnectorFacts, ConnectState } from './metrics/connect-state.js';
