import { referenceClassOf, traceOf, type Bytes, type SourceRecord } from '@tributary/connect-api';
import type { WireHeader } from '@tributary/kafka-client';
import { hideSecrets } from '@tributary/observability';
import type { Failure } from '../reporter.js';
import type { ConsumedRecord } from '../stages.js';
import { plainJson } from './source-content.js';

/** The task in which a record failed. */
export interface FailedTask {
  readonly connector: string;
  readonly task: number;
}

/** Begins the names of all headers that tell why a record failed. */
export const CONTEXT_PREFIX = '__connect.errors.';

/**
 * What a dead letter tells about its failure, in the order in which these headers stand behind the record's own; all
 * values are UTF-8 texts: where the record was, `connector.name`, `task.id`, `stage`, `class.name`,
 * `exception.class.name`, `exception.message` (null where the error says nothing), `exception.stacktrace`.
 *
 * The last two are without the secrets of the task.
 *
 * A consumed record was at `topic`, `partition`, `offset`. A source record was to go to `topic`, and to `partition`
 * where the task chose one, and it was read at `source.partition` and `source.offset`: JSON as in the offsets topic.
 */
export function contextHeaders({ stage, className, subject, error }: Failure, owner: FailedTask): WireHeader[] {
  const message = error instanceof Error ? error.message : String(error);
  const told: [name: string, value: Bytes][] = [
    ...('sourcePartition' in subject ? sourcePlaceOf(subject) : placeOf(subject)),
    ['connector.name', owner.connector],
    ['task.id', String(owner.task)],
    ['stage', stage],
    ['class.name', className],
    ['exception.class.name', referenceClassOf(error)],
    ['exception.message', message === '' ? null : hideSecrets(message)],
    ['exception.stacktrace', hideSecrets(traceOf(error))],
  ];
  return told.map(([name, value]) => ({ key: CONTEXT_PREFIX + name, value }));
}

function placeOf({ topic, partition, offset }: ConsumedRecord): [string, Bytes][] {
  return [
    ['topic', topic],
    ['partition', String(partition)],
    ['offset', String(offset)],
  ];
}

function sourcePlaceOf({ topic, kafkaPartition, sourcePartition, sourceOffset }: SourceRecord): [string, Bytes][] {
  const chosen = kafkaPartition ?? null;
  return [
    ['topic', topic],
    ...(chosen === null ? [] : ([['partition', String(chosen)]] as [string, Bytes][])),
    ['source.partition', plainJson(sourcePartition)],
    ['source.offset', plainJson(sourceOffset)],
  ];
}
