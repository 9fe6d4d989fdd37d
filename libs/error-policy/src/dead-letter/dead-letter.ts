import type { OutgoingRecord } from '@tributary/kafka-client';
import type { Failure } from '../reporter.js';
import type { ConsumedRecord } from '../stages.js';
import { contextHeaders, type FailedTask } from './context-headers.js';

export interface DeadLetterForm {
  readonly topic: string;
  /** whether headers tell why the record failed */
  readonly contextHeaders: boolean;
  readonly owner: FailedTask;
}

/**
 * The record that goes to a dead letter queue: key, value, headers and time of the one that failed, byte for byte, and
 * behind its headers those of {@link contextHeaders}.
 */
export function deadLetter(failure: Failure, form: DeadLetterForm): OutgoingRecord {
  const { key, value, headers, timestamp } = failure.subject as ConsumedRecord;
  const told = form.contextHeaders ? contextHeaders(failure, form.owner) : [];
  return {
    topic: form.topic,
    partition: null,
    key,
    value,
    headers: [...(headers ?? []), ...told],
    timestamp: timestamp < 0 ? null : timestamp,
  };
}
