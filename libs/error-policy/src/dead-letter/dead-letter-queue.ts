import { ConnectError } from '@tributary/connect-api';
import { SendError, type Admin, type Producer } from '@tributary/kafka-client';
import type { ErrorCounters, Logger } from '@tributary/observability';
import type { ErrorReporter, Failure } from '../reporter.js';
import { deadLetter, type DeadLetterForm } from './dead-letter.js';

/** The name under which users know its lines and set their level. */
export const DEAD_LETTER_LOGGER = 'org.apache.kafka.connect.runtime.errors.DeadLetterQueueReporter';

const PARTITIONS = 1;

export interface DeadLetterQueueOptions extends DeadLetterForm {
  /** of the topic, where it is created */
  readonly replicationFactor: number;
  readonly producer: Producer;
  /** makes the client that looks for the topic and creates it */
  readonly admin: () => Admin;
  readonly counters: Pick<ErrorCounters, 'deadLetterRequests' | 'deadLetterFailures'>;
  readonly log: Pick<Logger, 'error'>;
}

/** Writes records that failed for good to a topic of their own. */
export class DeadLetterQueue implements ErrorReporter {
  constructor(private readonly options: DeadLetterQueueOptions) {}

  /** Creates the topic where it is not there. Rejects where that cannot be done: without it records would be lost. */
  async open(): Promise<void> {
    const { topic: name, replicationFactor, log } = this.options;
    const admin = this.options.admin();
    try {
      if ((await admin.partitionCounts([name])).has(name)) return;
      log.error(`Topic ${name} doesn't exist. Will attempt to create topic.`);
      await admin.createTopic({ name, partitions: PARTITIONS, replicationFactor, configs: {} });
    } catch (cause) {
      throw new ConnectError(`Could not initialize dead letter queue with topic=${name}`, { cause });
    } finally {
      await admin.close();
    }
  }

  /** Resolves when Kafka has the dead letter; rejects with why it cannot have it. */
  async report(failure: Failure): Promise<void> {
    const { topic, producer, counters, log } = this.options;
    counters.deadLetterRequests++;
    try {
      await producer.send([deadLetter(failure, this.options)]);
    } catch (error) {
      const cause = error instanceof SendError ? (error.failures[0]?.error ?? error) : error;
      counters.deadLetterFailures++;
      const message = `Could not produce message to dead letter queue. topic=${topic}`;
      log.error({ err: cause }, message);
      throw new ConnectError(message, { cause });
    }
  }

  /** Nothing is written any more; waits up to `timeoutMs` for what is on its way. */
  close(timeoutMs: number): Promise<void> {
    return this.options.producer.close(timeoutMs);
  }
}
