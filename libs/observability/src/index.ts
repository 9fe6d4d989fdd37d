export { loggerFor, type Logger } from './logger.js';
export { currentLogContext, withLogContext, type LogContext } from './log-context.js';
export { newTaskCounters, type ErrorCounters, type TaskCounters } from './task-counters.js';
