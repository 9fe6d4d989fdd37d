// Logs long lines from several threads at once, with a secret in each, then changes levels for all of them.
import { once } from 'node:events';
import { isMainThread, parentPort, threadId, Worker } from 'node:worker_threads';
import { loggerFor, logLevels, withLogContext } from '@tributary/observability';

const log = loggerFor(isMainThread ? 'main' : 'in.thread');

if (isMainThread) {
  logLevels.set('main', 'WARN');
  log.info('must not be seen');
  logLevels.set('in', 'DEBUG');
  const workers = Array.from({ length: 4 }, () => new Worker(new URL(import.meta.url)));
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  log.warn({ known: logLevels.get('in.thread')?.level }, 'threads have written');
  logLevels.set('in.thread', 'ERROR');
  for (const worker of workers) worker.postMessage('again');
  await Promise.all(workers.map((worker) => once(worker, 'exit')));
} else {
  for (let line = 0; line < 60; line++) {
    const pad = String(threadId).repeat(line % 3 === 0 ? 10 : 40_000);
    withLogContext({ connector: 'c', task: threadId }, () => log.debug({ line, password: 'geheim', pad }, 'a line'));
  }
  parentPort.postMessage('written');
  parentPort.once('message', () => {
    setTimeout(() => log.warn('must not be seen'), 20);
  });
}
