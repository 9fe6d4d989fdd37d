import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';
import type { LogLevel, LogLevels } from './log-levels.js';

const KEY = 'tributary.log-levels';

/** A level that was set, or the name of a logger that exists, somewhere in the process. */
type Notice = { readonly set: readonly [namespace: string, level: LogLevel] } | { readonly known: string };

/**
 * Keeps the registries of all threads of the process equal: a thread starts with what its parent has set, and hears of
 * each change; the main thread hears of loggers that only exist in threads. Returns the function to announce one.
 */
export function syncLogLevels(levels: LogLevels): (name: string) => void {
  const channel = new BroadcastChannel(KEY);
  const post = (notice: Notice): void => channel.postMessage(notice);
  const inherit = (): void => setEnvironmentData(KEY, levels.settings());

  if (!isMainThread) {
    const inherited = getEnvironmentData(KEY) as [string, LogLevel][] | undefined;
    for (const [namespace, level] of inherited ?? []) levels.adopt(namespace, level);
  }
  inherit();
  levels.onSet((...set) => {
    inherit();
    post({ set });
  });
  channel.onmessage = (event: MessageEvent) => {
    const notice = event.data as Notice;
    if ('set' in notice) {
      levels.adopt(...notice.set);
      inherit();
    } else if (isMainThread && !levels.get(notice.known)) {
      levels.register(notice.known, () => undefined);
    }
  };
  channel.unref();
  return isMainThread ? () => undefined : (known) => post({ known });
}
