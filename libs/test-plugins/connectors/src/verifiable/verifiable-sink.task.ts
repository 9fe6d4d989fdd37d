import {
  CONNECT_VERSION,
  ConnectError,
  type Props,
  type SinkRecord,
  type SinkTask,
  type TopicPartition,
} from '@tributary/connect-api';
import { jsonText } from '../common/json-text.js';
import { parseInteger } from '../common/numbers.js';
import { printLine, type PrintLine } from '../common/print-line.js';
import { lineOf, type Members } from './line.js';

/**
 * Prints each record of a verifiable source as a line
 *
 *     {"task":0,"seqno":41,"offset":7,"time_ms":1700000000000,"name":"sink","topic":"numbers","sinkTask":0}
 *
 * where `task` is the record's key and `seqno` its value, and the same line with a later `time_ms` and `"flushed":true`
 * at its end before the record's offset is committed.
 */
export class VerifiableSinkTask implements SinkTask {
  static readonly className = 'org.apache.kafka.connect.tools.VerifiableSinkTask';
  /** by topic and partition */
  readonly #unflushed = new Map<string, SinkRecord[]>();
  #name: string | undefined;
  #id = 0;

  constructor(
    private readonly print: PrintLine = printLine,
    private readonly now: () => number = Date.now,
  ) {}

  version(): string {
    return CONNECT_VERSION;
  }

  start(props: Props): void {
    this.#name = props['name'];
    try {
      this.#id = parseInteger(props['id']);
    } catch (cause) {
      throw new ConnectError('Invalid VerifiableSinkTask configuration', { cause });
    }
  }

  async put(records: readonly SinkRecord[]): Promise<void> {
    const time = this.now();
    for (const record of records) {
      await this.print(lineOf(() => this.#members(record, time)));
      const key = partitionKey({ topic: record.topic, partition: record.kafkaPartition });
      const waiting = this.#unflushed.get(key);
      if (waiting === undefined) this.#unflushed.set(key, [record]);
      else waiting.push(record);
    }
  }

  async flush(offsets: readonly TopicPartition[]): Promise<void> {
    const time = this.now();
    for (const partition of offsets) {
      const key = partitionKey(partition);
      const records = this.#unflushed.get(key) ?? [];
      this.#unflushed.delete(key);
      for (const record of records) {
        await this.print(lineOf(() => [...this.#members(record, time), ['flushed', 'true']]));
      }
    }
  }

  stop(): void {}

  #members(record: SinkRecord, time: number): Members {
    return [
      ['task', jsonText(record.key, record.keySchema)],
      ['seqno', jsonText(record.value, record.valueSchema)],
      ['offset', String(record.kafkaOffset)],
      ['time_ms', String(time)],
      ['name', jsonText(this.#name, null)],
      ['topic', JSON.stringify(record.topic)],
      ['sinkTask', String(this.#id)],
    ];
  }
}

function partitionKey({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}
