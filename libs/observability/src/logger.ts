import { isMainThread } from 'node:worker_threads';
import { pino, type Logger as PinoLogger } from 'pino';
import { LineOutput } from './line-output.js';
import { currentLogContext } from './log-context.js';
import { logError } from './log-error.js';
import { syncLogLevels } from './log-level-sync.js';
import { LOG_LEVELS, logLevel, LogLevels, type LogLevel } from './log-levels.js';
import { redact, redactText } from './redact.js';

/** Structured logger: `log.info({ offset }, 'committed offsets')`. One line per event that matters, none per record. */
export type Logger = Pick<PinoLogger, 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'>;

const wanted = process.env.TRIBUTARY_LOG_LEVEL || 'INFO';

/** The levels of this process's loggers, to look at and to change while it runs; all threads follow. */
export const logLevels = new LogLevels(logLevel(wanted) ?? 'INFO');
const announce = syncLogLevels(logLevels);

const root = pino(
  {
    level: 'trace',
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }), log: redact },
    serializers: { err: logError },
    mixin: () => ({ ...currentLogContext() }),
    hooks: {
      logMethod(args, method) {
        const [first, second, ...rest] = args;
        if (typeof first === 'string') method.call(this, redactText(first));
        else method.call(this, first, typeof second === 'string' ? redactText(second) : second, ...rest);
      },
    },
  },
  new LineOutput(1),
);

const loggers = new Map<string, Logger>();

/** The logger of a part of the program, by its dotted name, e.g. `storage.config`. */
export function loggerFor(name: string): Logger {
  const known = loggers.get(name);
  if (known) return known;
  const logger = root.child({ logger: name });
  loggers.set(name, logger);
  logLevels.register(name, (level) => (logger.level = pinoLevel(level)));
  announce(name);
  return logger;
}

function pinoLevel(level: LogLevel): string {
  if (level === 'OFF') return 'silent';
  return level === 'ALL' ? 'trace' : level.toLowerCase();
}

if (logLevel(wanted) === undefined && isMainThread) {
  const allowed = LOG_LEVELS.join(', ');
  loggerFor('observability').warn(`TRIBUTARY_LOG_LEVEL is ${wanted}, allowed are ${allowed}; INFO is used instead`);
}
