import { logLevel, logLevels } from '@tributary/observability';
import type { ConfigStore } from '@tributary/kafka-storage';

/** Gives this process the levels that are set for the whole cluster. Those set before it started are not its own. */
export function followLoggerLevels(configs: Pick<ConfigStore, 'subscribe'>): void {
  configs.subscribe({
    loggerLevelChanged: (namespace, text) => {
      const level = logLevel(text);
      if (level !== undefined) logLevels.set(namespace, level);
    },
  });
}
