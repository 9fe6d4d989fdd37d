import { readFileSync } from 'node:fs';

/** A record that Apache Kafka Connect 4.3.1 has written. */
export interface ReferenceRecord {
  readonly topic: 'config' | 'status' | 'offset';
  readonly key: string;
  readonly value: string | null;
}

/**
 * Records that a reference worker left in its topics after connectors had been created, paused, resumed, stopped,
 * restarted, deleted, and offsets and a log level changed; after them some offsets that its JsonConverter wrote.
 */
export function referenceRecords(topic: ReferenceRecord['topic']): ReferenceRecord[] {
  return readFileSync(new URL('./reference-records.jsonl', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as ReferenceRecord)
    .filter((record) => record.topic === topic);
}
