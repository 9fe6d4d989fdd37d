import { AsyncLocalStorage } from 'node:async_hooks';
import { Secrets } from './secrets.js';

/** The secrets of the worker itself: hidden in every text of this thread. */
export const workerSecrets = new Secrets();

const inUse = new AsyncLocalStorage<Secrets>();

/** Runs `work` so that `secrets` are hidden in all that it says, at once or later. */
export function withSecrets<T>(secrets: Secrets, work: () => T): T {
  return inUse.run(secrets, work);
}

/**
 * The text without the secrets of the connector or task whose code runs, and without the worker's. For whatever leaves
 * the code of plugins: messages and traces of errors, headers that tell of them, log lines.
 */
export function hideSecrets(text: string): string {
  const own = inUse.getStore();
  return workerSecrets.hide(own === undefined ? text : own.hide(text));
}
