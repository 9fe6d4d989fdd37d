import { loggerFor } from '@tributary/observability';
import type { KafkaError } from '../errors.js';

const log = loggerFor('kafka.producer');

/** How long a topic may refuse before that is worth a line: a new topic or a new leader takes a moment. */
const PATIENCE_MS = 3000;

/** One warning for each topic that cannot be written to for a while, one line when it can again. */
export class TopicTroubles {
  private readonly since = new Map<string, { readonly began: number; told: boolean }>();

  began(topic: string, error: KafkaError): void {
    // A lost connection is told by the connection, once for all topics.
    if (error.kafkaCode === 'NETWORK_EXCEPTION') return;
    const trouble = this.since.get(topic) ?? { began: Date.now(), told: false };
    this.since.set(topic, trouble);
    if (trouble.told || Date.now() - trouble.began < PATIENCE_MS) return;
    trouble.told = true;
    log.warn({ topic, reason: error.message }, 'topic cannot be written to, trying again');
  }

  over(topic: string): void {
    if (this.since.size === 0) return;
    const trouble = this.since.get(topic);
    if (trouble === undefined) return;
    this.since.delete(topic);
    if (trouble.told) log.info({ topic, troubleMs: Date.now() - trouble.began }, 'topic can be written to again');
  }
}
