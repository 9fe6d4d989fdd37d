import { ConflictError, ConnectError } from '@tributary/connect-api';

/** Thrown when an operation that only the leader may do reaches another herder; ask the one at `leaderUrl`. */
export class NotLeaderError extends ConflictError {
  /** True where the leadership ended while the change was being made: it may have been made, or not at all. */
  readonly undecided: boolean;

  constructor(
    /** undefined while no leader is known: ask again later */
    readonly leaderUrl: string | undefined,
    options: { cause?: unknown; undecided?: boolean } = {},
  ) {
    super(
      leaderUrl === undefined
        ? 'Cannot complete request momentarily due to no known leader URL, likely because a rebalance was underway.'
        : 'Cannot complete request because of a conflicting operation (e.g. worker rebalance)',
      options,
    );
    this.undecided = options.undecided ?? false;
  }
}

/** Thrown when nothing was done because something is missing for a moment, as a rebalance is under way: ask again. */
export class MomentaryConflictError extends ConflictError {}

/** Thrown when a connector got other task configs while the tasks before them were being fenced; those configs bring a new round. */
export class FencingOvertakenError extends ConflictError {
  constructor() {
    super('Fencing failed because new task configurations were generated for the connector');
  }
}

/** Thrown when a connector makes more tasks than tasks.max allows. Raise tasks.max, or correct the connector. */
export class TooManyTasksError extends ConnectError {
  override readonly referenceClass = 'org.apache.kafka.connect.runtime.TooManyTasksException';

  constructor(connector: string, generated: number, allowed: number) {
    super(
      `The connector ${connector} has generated ${generated} tasks, which is greater than ${allowed}, the maximum number ` +
        'of tasks it is configured to create. This behaviour should be considered a bug and is disallowed. If necessary, ' +
        "it can be permitted by reconfiguring the connector with 'tasks.max.enforce' set to false; however, this option " +
        'will be removed in a future release of Kafka Connect.',
    );
  }
}

/** Thrown when an answer takes longer than its limit; the message says what went on. The operation itself goes on. */
export class StagedTimeoutError extends ConnectError {
  override readonly referenceClass = 'org.apache.kafka.connect.runtime.rest.errors.ConnectRestException';
}
