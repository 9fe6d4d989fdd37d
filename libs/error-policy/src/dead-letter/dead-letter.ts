import type { OutgoingRecord } from '@tributary/kafka-client';
import type { Failure } from '../reporter.js';
import type { ConsumedRecord } from '../stages.js';
import { contextHeaders, type FailedTask } from './context-headers.js';
import { sourceContent } from './source-content.js';

export interface DeadLetterForm {
  readonly topic: string;
  /** whether headers tell why the record failed */
  readonly contextHeaders: boolean;
  readonly owner: FailedTask;
}

/**
 * The record that goes to a dead letter queue. Of a consumed record it has key, value, headers and time, byte for byte; of
 * a source record, which has no bytes yet, {@link sourceContent}. Behind its headers stand {@link contextHeaders}.
 */
export function deadLetter(failure: Failure, form: DeadLetterForm): OutgoingRecord {
  const { subject } = failure;
  const { headers, ...content } = 'sourcePartition' in subject ? sourceContent(subject) : consumedContent(subject);
  const told = form.contextHeaders ? contextHeaders(failure, form.owner) : [];
  return { topic: form.topic, partition: null, ...content, headers: [...(headers ?? []), ...told] };
}

function consumedContent({ key, value, headers, timestamp }: ConsumedRecord) {
  return { key, value, headers, timestamp: timestamp < 0 ? null : timestamp };
}
