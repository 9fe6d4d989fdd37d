import { ConnectError } from '@tributary/connect-api';
import { stripped } from '../properties/stripped.js';
import type { WorkerConfig } from '../worker/worker-config.js';
import type { ClientKind } from './client-keys.js';
import { refusedOverrides } from './override-policy.js';

/** Whose client it is. */
export interface ConnectorClientOptions {
  readonly workerConfig: WorkerConfig;
  /** the connector's properties; only its overrides matter */
  readonly connectorConfig: Readonly<Record<string, string>>;
  readonly connector: string;
  /** the task's number; undefined: the client is the connector's own */
  readonly task?: number | undefined;
  /** 'dlq': the client writes the dead letter queue */
  readonly purpose?: 'dlq' | undefined;
}

const ID_OF: Readonly<Record<ClientKind, string>> = {
  producer: 'producer',
  consumer: 'consumer',
  admin: 'adminclient',
};

/** What every client of a kind starts from: nothing may be lost, so a producer never gives up, and offsets are ours. */
const BASELINE: Readonly<Record<ClientKind, Readonly<Record<string, string>>>> = {
  producer: {
    'max.block.ms': '9223372036854775807',
    'enable.idempotence': 'false',
    acks: 'all',
    'max.in.flight.requests.per.connection': '1',
    'delivery.timeout.ms': '2147483647',
  },
  consumer: { 'enable.auto.commit': 'false', 'auto.offset.reset': 'earliest' },
  admin: {},
};

/**
 * Properties of one of a connector's clients. An admin client starts from the worker's own connection properties, the
 * others from `bootstrap.servers` alone: security for them is set by `producer.*` and `consumer.*`. Then the baseline, over it the worker's `producer.*` (`consumer.*`, `admin.*`),
 * over these the connector's `producer.override.*` and so on. Throws a {@link ConnectError} that names the overrides which
 * the worker's policy refuses.
 */
export function connectorClientProperties(kind: ClientKind, options: ConnectorClientOptions): Record<string, string> {
  const { workerConfig, connectorConfig, connector } = options;
  const overrides = stripped(connectorConfig, `${kind}.override.`);
  const refused = refusedOverrides(workerConfig, Object.keys(overrides));
  if (refused.length > 0) {
    const names = refused.map((name) => `${kind}.override.${name}`).join(', ');
    throw new ConnectError(`Client Config Overrides not allowed [${names}]`);
  }
  const id = clientId(kind, options);
  return {
    ...(kind === 'admin' ? workerConfig.internalClientProperties(id) : bootstrapOnly(workerConfig, id)),
    ...BASELINE[kind],
    ...(kind === 'consumer' ? { 'group.id': `connect-${connector}` } : {}),
    ...workerConfig.withPrefix(`${kind}.`),
    ...overrides,
  };
}

/** The admin client of a dead letter queue is named as the reference names it: for no task. */
function clientId(kind: ClientKind, { connector, task, purpose }: ConnectorClientOptions): string {
  const names = ['connector', ...(purpose === undefined ? [] : [purpose]), ID_OF[kind]];
  if (kind === 'admin' && purpose === 'dlq') return [...names, ''].join('-');
  return [...names, connector, ...(task === undefined ? [] : [task])].join('-');
}

function bootstrapOnly(worker: WorkerConfig, clientId: string): Record<string, string> {
  return { 'bootstrap.servers': worker.list('bootstrap.servers').join(','), 'client.id': clientId };
}
