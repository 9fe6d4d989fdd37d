import type { ConfigStore, ConfigWriter } from '@tributary/kafka-storage';
import { loggerFor } from '@tributary/observability';
import { retrying } from '../change/backoff.js';
import type { LifecycleSurroundings } from '../connector/connector-lifecycle.js';
import { mustPublish, storedTaskConfigs } from '../connector/task-configs.js';
import { NotLeaderError } from '../errors.js';

const log = loggerFor('herder.tasks');

/**
 * Stores what connectors say of their tasks. What was made from a config that has changed since, or for a connector
 * that is no longer STARTED, is thrown away: the change brings new ones.
 */
export function taskPublisher(
  configs: ConfigStore,
  writer: ConfigWriter,
  change: (stage: string, work: () => Promise<void>) => Promise<void>,
): Pick<LifecycleSurroundings, 'publish' | 'retry'> {
  return {
    retry: (work, signal) =>
      retrying(work, {
        signal,
        retriable: (error) => error instanceof Error && 'code' in error && error.code === 'RETRIABLE',
        failed: (error, pauseMs) => log.warn({ err: error, pauseMs }, 'connector cannot make its task configs yet'),
      }),
    publish: async (name, config, generated, signal) => {
      const tasks = storedTaskConfigs(name, config, generated);
      if (tasks.length > generated.tasksMax) {
        log.warn({ tasks: tasks.length, 'tasks.max': generated.tasksMax }, 'connector has generated too many tasks');
      }
      const store = async (): Promise<void> => {
        const snapshot = configs.snapshot();
        if (snapshot.connectorConfig(name) !== config || snapshot.targetState(name) !== 'STARTED') return;
        if (mustPublish(snapshot, name, tasks)) await writer.putTaskConfigs(name, tasks);
      };
      const stage = `writing ${tasks.length} task configs for connector ${name} to the config topic`;
      const stored = retrying(() => change(stage, store), {
        signal,
        retriable: (error) => !(error instanceof NotLeaderError),
        failed: (error, pauseMs) => log.warn({ err: error, pauseMs }, 'task configs could not be stored'),
      });
      await stored.catch((error: unknown) => {
        if (error instanceof NotLeaderError) return aborted(signal);
        throw error;
      });
    },
  };
}

/** A deposed leader's connectors have not failed: they wait to be ended. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
