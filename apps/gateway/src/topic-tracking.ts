import type { WorkerConfig } from '@tributary/config-schemas';
import { RestError } from '@tributary/rest-api';

/** Whether the topics of connectors are recorded, and may be forgotten (`topic.tracking.*`). */
export class TopicTracking {
  constructor(private readonly config: WorkerConfig) {}

  assertEnabled(): void {
    if (!this.config.boolean('topic.tracking.enable')) throw new RestError(403, 'Topic tracking is disabled.');
  }

  assertResetAllowed(): void {
    this.assertEnabled();
    if (!this.config.boolean('topic.tracking.allow.reset'))
      throw new RestError(403, 'Topic tracking reset is disabled.');
  }
}
