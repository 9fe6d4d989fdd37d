import { CONNECT_VERSION, type Props, type SinkTask, type SinkTaskContext } from '@tributary/connect-api';
import { TaskFailure } from './failure-plan.js';

/** Drops every record; fails when its time has come, also when no records do. */
export class MockSinkTask implements SinkTask {
  static readonly className = 'org.apache.kafka.connect.tools.MockSinkTask';
  #context: SinkTaskContext | undefined;
  #failure: TaskFailure | undefined;

  constructor(private readonly now: () => number = Date.now) {}

  version(): string {
    return CONNECT_VERSION;
  }

  initialize(context: SinkTaskContext): void {
    this.#context = context;
  }

  start(props: Props): void {
    this.#failure = TaskFailure.planned(props, this.now());
    this.#askAgainSoon();
  }

  put(): void {
    this.#failure?.throwIfDue(this.now());
    this.#askAgainSoon();
  }

  stop(): void {}

  #askAgainSoon(): void {
    if (this.#failure !== undefined) this.#context?.timeout(this.#failure.checkAfterMs);
  }
}
