import { loggerFor } from '@tributary/observability';
import loggers, { type KafkaJsLogger } from 'kafkajs/src/loggers/index.js';

const log = loggerFor('kafka.network');

/**
 * Where kafkajs's own lines go. It calls every lost connection an error; whether one matters is decided by the code
 * above it, which logs that once, so all of kafkajs's lines are details. Its texts name brokers and requests, never
 * credentials; the other members of an entry are left out.
 */
export const kafkaJsLogger: KafkaJsLogger = loggers.createLogger({
  level: loggers.LEVELS.WARN,
  logCreator: () => (entry) => log.debug({ broker: entry.log.broker }, `${entry.namespace}: ${entry.log.message}`),
});
