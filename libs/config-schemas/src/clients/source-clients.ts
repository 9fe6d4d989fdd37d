import type { WorkerConfig } from '../worker/worker-config.js';
import { connectorClientProperties, type ConnectorClientOptions } from './connector-client-properties.js';

/** A connector whose offsets are not in the worker's topic, or not only there. */
export interface OwnOffsetsTopic {
  readonly topic: string;
  /** properties of the clients that create, read and write it */
  readonly clients: Readonly<Record<'admin' | 'consumer' | 'producer', Readonly<Record<string, string>>>>;
}

/** By which id Kafka knows the producer of an exactly-once source task; the next run of the task fences it by that. */
export function taskTransactionalId(worker: WorkerConfig, connector: string, task: number): string {
  return `${worker.string('group.id')}-${connector}-${task}`;
}

/**
 * Properties of the producer with which an exactly-once source task writes records and offsets. What makes it that is not
 * the user's to change: `ignored` hears of each property that was set to something else.
 */
export function exactlyOnceProducerProperties(
  options: ConnectorClientOptions & { readonly task: number },
  ignored: (property: string) => void,
): Record<string, string> {
  const { workerConfig, connectorConfig, connector, task } = options;
  const forced = {
    'enable.idempotence': 'true',
    'transactional.id': taskTransactionalId(workerConfig, connector, task),
  };
  for (const [property, value] of Object.entries(forced)) {
    const wanted =
      connectorConfig[`producer.override.${property}`] ?? workerConfig.properties[`producer.${property}`] ?? value;
    if (wanted.toLowerCase() !== value.toLowerCase()) ignored(property);
  }
  return { ...connectorClientProperties('producer', options), ...forced };
}

/**
 * The topic for a source connector's offsets as `offsets.storage.topic` names it. Exactly-once tasks write offsets in the
 * transaction of the records, so theirs are in the Kafka of the records, wherever the producer's overrides lead.
 * undefined: they are in the worker's topic.
 */
export function ownOffsetsTopic(options: ConnectorClientOptions): OwnOffsetsTopic | undefined {
  const { workerConfig, connectorConfig } = options;
  const named = connectorConfig['offsets.storage.topic'];
  const workers = workerConfig.string('offset.storage.topic');
  if (named === undefined && !workerConfig.exactlyOnceSource) return undefined;
  const topic = named ?? workers;
  const producer = connectorClientProperties('producer', options);
  if (topic === workers && servers(producer['bootstrap.servers']) === servers(workerServers(workerConfig))) {
    return undefined;
  }
  return {
    topic,
    clients: {
      producer,
      admin: connectorClientProperties('admin', options),
      consumer: connectorClientProperties('consumer', options),
    },
  };
}

const workerServers = (worker: WorkerConfig): string => worker.list('bootstrap.servers').join(',');

/** The same text for the same servers. */
function servers(list = ''): string {
  const names = list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return [...new Set(names)].sort().join(',');
}
