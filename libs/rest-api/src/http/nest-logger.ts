import type { LoggerService } from '@nestjs/common';
import { loggerFor } from '@tributary/observability';

const log = loggerFor('nest');

/** Nest's own words in our log; what it says about each route and module goes to debug. */
export const nestLogger: LoggerService = {
  log: (message: unknown) => log.debug(String(message)),
  verbose: (message: unknown) => log.trace(String(message)),
  debug: (message: unknown) => log.debug(String(message)),
  warn: (message: unknown) => log.warn(String(message)),
  error: (message: unknown, stack: unknown) => log.error({ stack }, String(message)),
  fatal: (message: unknown) => log.fatal(String(message)),
};
