import { connectorClientProperties, type ConnectorConfig } from '@tributary/config-schemas';
import { DEAD_LETTER_LOGGER, DeadLetterQueue } from '@tributary/error-policy';
import { loggerFor } from '@tributary/observability';
import type { TaskSetting } from './task-setting.js';

const log = loggerFor(DEAD_LETTER_LOGGER);

/** Letters that come one by one share requests: only the next commit waits for them, or a task that is about to fail. */
const LINGER = { 'linger.ms': '20' };

/** The queue that errors.deadletterqueue.* asks for; undefined: none. Nothing of it is open yet. */
export function deadLetterQueue(setting: TaskSetting, config: ConnectorConfig): DeadLetterQueue | undefined {
  const { worker, payload, counters, clients } = setting;
  const queue = config.deadLetterQueue;
  if (queue === undefined) return undefined;
  const { connector, task, connectorConfig } = payload;
  const options = { workerConfig: worker, connectorConfig, connector, task, purpose: 'dlq' } as const;
  const adminProperties = connectorClientProperties('admin', options);
  return new DeadLetterQueue({
    ...queue,
    owner: { connector, task },
    producer: clients.producer({ ...LINGER, ...connectorClientProperties('producer', options) }),
    admin: () => clients.admin(adminProperties),
    counters,
    log,
  });
}
