import type { Logger } from './logger.js';

/**
 * Makes a process that fails in a way that nobody expected say so in one fatal line and end with `exitCode`: whatever
 * state it is in, it is better started again.
 */
export function lastWords(log: Pick<Logger, 'fatal'>, exitCode = 1, exit: (code: number) => void = process.exit): void {
  const end = (text: string, err: unknown): void => {
    try {
      log.fatal({ err }, text);
    } finally {
      exit(exitCode);
    }
  };
  process.on('uncaughtException', (error) => end('an error was caught by nobody, the process ends', error));
  process.on('unhandledRejection', (reason) => end('a rejection was handled by nobody, the process ends', reason));
}
