import { loggerFor } from '@tributary/observability';
import type { Subscription } from './subscription.js';

const log = loggerFor('kafka.consumer');

/** How often a topic that does not exist yet is looked for, in ms. */
const MISSING_TOPIC_MS = 1000;

/** Looks every `metadata.max.age.ms` whether topics or partitions have come or gone, sooner where a topic is missing. */
export class TopicWatch {
  private timer: NodeJS.Timeout | undefined;
  private run = 0;

  constructor(
    private readonly subscription: Subscription,
    private readonly intervalMs: number,
    private readonly changed: () => void,
  ) {}

  /** From now on, until it has found a change or is stopped. */
  start(): void {
    this.stop();
    this.schedule();
  }

  stop(): void {
    this.run++;
    clearTimeout(this.timer);
  }

  private schedule(): void {
    const run = this.run;
    const delayMs = this.subscription.incomplete ? Math.min(MISSING_TOPIC_MS, this.intervalMs) : this.intervalMs;
    this.timer = setTimeout(() => void this.look(run), delayMs);
  }

  private async look(run: number): Promise<void> {
    let changed = false;
    try {
      changed = await this.subscription.changed();
    } catch (error) {
      log.debug({ err: error }, 'looking for changes of the subscribed topics');
    }
    if (run !== this.run) return;
    if (changed) this.changed();
    else this.schedule();
  }
}
