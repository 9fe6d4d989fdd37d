import type { SourceTask } from '@tributary/connect-api';
import {
  connectorClientProperties,
  exactlyOnceProducerProperties,
  type ConnectorConfig,
} from '@tributary/config-schemas';
import type { Logger } from '@tributary/observability';
import { AtLeastOnceDelivery } from '../source/at-least-once/at-least-once-delivery.js';
import { OffsetCommitter } from '../source/at-least-once/offset-committer.js';
import { OffsetTracker } from '../source/at-least-once/offset-tracker.js';
import { SourceSender } from '../source/at-least-once/source-sender.js';
import { ExactlyOnceDelivery } from '../source/exactly-once/exactly-once-delivery.js';
import { RequestedBoundaries } from '../source/exactly-once/requested-boundaries.js';
import {
  afterEachPoll,
  afterInterval,
  asRequested,
  type TransactionBoundary,
} from '../source/exactly-once/transaction-boundary.js';
import type { SourceDelivery } from '../source/source-delivery.js';
import type { TaskOffsets } from '../source/task-offsets.js';
import { lastFlushMs } from './last-flush.js';
import type { TaskErrors } from './task-errors.js';
import type { TaskSetting } from './task-setting.js';

/** the default of transaction.timeout.ms */
const TRANSACTION_TIMEOUT_MS = 60_000;

export interface DeliveryParts {
  readonly task: SourceTask;
  readonly offsets: TaskOffsets;
  readonly errors: TaskErrors;
  readonly log: Logger;
}

export function atLeastOnceDelivery(
  { worker, payload, counters, activity, clients }: TaskSetting,
  { task, offsets, errors, log }: DeliveryParts,
): SourceDelivery {
  const { connectorConfig, connector } = payload;
  const owner = { workerConfig: worker, connectorConfig, connector, task: payload.task };
  const producer = clients.producer(connectorClientProperties('producer', owner));
  const tracker = new OffsetTracker();
  const sender = new SourceSender({
    producer,
    tracker,
    task,
    tolerant: errors.policy.tolerant,
    refused: (record, error) => errors.produceFailed(record, error),
    reportsDone: () => errors.policy.reportsDone(),
    counters,
    log,
  });
  const committer = new OffsetCommitter({
    tracker,
    task,
    write: (entries) => offsets.write(entries),
    intervalMs: worker.int('offset.flush.interval.ms'),
    timeoutMs: worker.int('offset.flush.timeout.ms'),
    counters,
    activity,
    log,
  });
  return new AtLeastOnceDelivery({
    producer,
    tracker,
    sender,
    committer,
    offsets,
    lastFlushMs: lastFlushMs(worker),
    log,
  });
}

export function exactlyOnceDelivery(
  { worker, payload, counters, clients, services, stopping }: TaskSetting,
  { task, offsets, errors, log }: DeliveryParts,
  boundary: TransactionBoundary,
): SourceDelivery {
  const { connectorConfig, connector } = payload;
  const owner = { workerConfig: worker, connectorConfig, connector, task: payload.task };
  const properties = exactlyOnceProducerProperties(owner, (property) =>
    log.warn(
      `the connector's or worker's value of producer property ${property} is ignored: exactly-once needs its own`,
    ),
  );
  return new ExactlyOnceDelivery({
    taskName: `${connector}-${payload.task}`,
    task,
    stream: clients.transactionStream(properties),
    offsets,
    boundary,
    fenceZombies: () => services.fenceZombies(),
    checkOwnership: () => services.checkOwnership(),
    reportsDone: () => errors.policy.reportsDone(),
    reportsMs: Number(properties['transaction.timeout.ms'] ?? TRANSACTION_TIMEOUT_MS),
    lastReportsMs: lastFlushMs(worker),
    stopping: stopping.signal,
    counters,
    log,
  });
}

/** Where transactions end as `transaction.boundary` says, and what a task that has a say in it is given. */
export function transactionBoundary(
  { config }: ConnectorConfig,
  flushIntervalMs: number,
): { readonly boundary: TransactionBoundary; readonly requests: RequestedBoundaries | undefined } {
  switch (config.string('transaction.boundary').toLowerCase()) {
    case 'interval': {
      const own = config.get('transaction.boundary.interval.ms');
      return { boundary: afterInterval(own === null ? flushIntervalMs : Number(own)), requests: undefined };
    }
    case 'connector': {
      const requests = new RequestedBoundaries();
      return { boundary: asRequested(requests), requests };
    }
    default:
      return { boundary: afterEachPoll, requests: undefined };
  }
}
