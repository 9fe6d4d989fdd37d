import type { FailedStep } from './stages.js';

/** A record that failed for good, and why. */
export interface Failure extends FailedStep {
  readonly error: unknown;
}

/** Tells somebody about a record that failed for good, whether that is tolerated or not. */
export interface ErrorReporter {
  /** Resolves once the report is safe. A rejection reaches a sink task that reported the record itself. */
  report(failure: Failure): Promise<void>;
}
