import type { SinkTask } from '@tributary/connect-api';

/** Takes records and drops them: that it did so shows in the offsets of its consumer group. */
export class TestableSinkTask implements SinkTask {
  static readonly className: string = 'org.apache.kafka.connect.integration.TestableSinkConnector$TestableSinkTask';

  version(): string {
    return 'unknown';
  }

  start(): void {}

  put(): void {}

  stop(): void {}
}
