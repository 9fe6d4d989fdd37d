import { referenceClassOf, traceOf } from '@tributary/connect-api';
import type { WireHeader } from '@tributary/kafka-client';
import type { Failure } from '../reporter.js';
import type { ConsumedRecord } from '../stages.js';

/** The task in which a record failed. */
export interface FailedTask {
  readonly connector: string;
  readonly task: number;
}

/** Begins the names of all headers that tell why a record failed. */
export const CONTEXT_PREFIX = '__connect.errors.';

/**
 * What a dead letter tells about its failure, in the order in which these headers stand behind the record's own; all
 * values are UTF-8 texts: `topic`, `partition`, `offset` (where the record was read), `connector.name`, `task.id`,
 * `stage`, `class.name`, `exception.class.name`, `exception.message` (null where the error says nothing),
 * `exception.stacktrace`.
 */
export function contextHeaders({ stage, className, subject, error }: Failure, owner: FailedTask): WireHeader[] {
  const message = error instanceof Error ? error.message : String(error);
  const told: [name: string, value: string | null][] = [
    ...('offset' in subject ? placeOf(subject) : []),
    ['connector.name', owner.connector],
    ['task.id', String(owner.task)],
    ['stage', stage],
    ['class.name', className],
    ['exception.class.name', referenceClassOf(error)],
    ['exception.message', message === '' ? null : message],
    ['exception.stacktrace', traceOf(error)],
  ];
  return told.map(([name, value]) => ({ key: CONTEXT_PREFIX + name, value }));
}

function placeOf({ topic, partition, offset }: ConsumedRecord): [string, string][] {
  return [
    ['topic', topic],
    ['partition', String(partition)],
    ['offset', String(offset)],
  ];
}
