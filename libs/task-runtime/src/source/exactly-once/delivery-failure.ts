import { ConnectError } from '@tributary/connect-api';
import { FencedError } from '@tributary/kafka-client';

/** Why a task fails whose transaction could not be committed. */
export function commitFailure(taskName: string, error: unknown): ConnectError {
  return failure(taskName, error, `Failed to flush offsets and/or records for task ${taskName}`);
}

/** Why a task fails a record of which Kafka refused. */
export function sendFailure(taskName: string, error: unknown): ConnectError {
  return failure(taskName, error, 'Unrecoverable exception trying to send');
}

/** Kafka says the same of a transaction that took too long and of a producer that another one has followed. */
function failure(taskName: string, cause: unknown, otherwise: string): ConnectError {
  if (!(cause instanceof FencedError)) return new ConnectError(otherwise, { cause });
  return new ConnectError(
    `The task ${taskName} was unable to finish writing records to Kafka before its producer transaction expired, or ` +
      'another run of the task has taken its place, which this one did not notice. In the first case give transactions ' +
      'more time (producer.override.transaction.timeout.ms) or less to do: end them after each poll ' +
      '(transaction.boundary=poll) or more often (transaction.boundary.interval.ms), or let the producer write faster.',
    { cause },
  );
}
