import { pino, type Logger as PinoLogger } from 'pino';
import { currentLogContext } from './log-context.js';

/** Structured logger: `log.info({ offset }, 'committed offsets')`. One line per event that matters, none per record. */
export type Logger = Pick<PinoLogger, 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'>;

const root = pino(
  {
    level: process.env.TRIBUTARY_LOG_LEVEL ?? 'info',
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: () => ({ ...currentLogContext() }),
  },
  pino.destination({ fd: 1, sync: true }),
);

/** The logger of a part of the program, by its dotted name, e.g. `storage.config`. */
export function loggerFor(name: string): Logger {
  return root.child({ logger: name });
}
