import { CONNECT_VERSION, type Props, type SourceRecord, type SourceTask } from '@tributary/connect-api';
import { TaskFailure } from './failure-plan.js';

/** Never has a record; fails when its time has come. */
export class MockSourceTask implements SourceTask {
  static readonly className = 'org.apache.kafka.connect.tools.MockSourceTask';
  #failure: TaskFailure | undefined;

  constructor(private readonly now: () => number = Date.now) {}

  version(): string {
    return CONNECT_VERSION;
  }

  start(props: Props): void {
    this.#failure = TaskFailure.planned(props, this.now());
  }

  poll(): readonly SourceRecord[] {
    this.#failure?.throwIfDue(this.now());
    return [];
  }

  stop(): void {}
}
