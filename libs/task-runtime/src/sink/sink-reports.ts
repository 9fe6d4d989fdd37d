import type { ErrantRecordReporter, SinkRecord } from '@tributary/connect-api';
import { ErrantRecords, type ConsumedRecord, type ErrorPolicy } from '@tributary/error-policy';
import type { RecordConverters } from '../pipeline/record-converters.js';
import { originalOf } from './original-record.js';

/** The records that a sink task could not deliver and reports by itself. */
export class SinkReports {
  /** undefined where nobody hears of failed records */
  readonly reporter: ErrantRecordReporter | undefined;
  private readonly errant: ErrantRecords;

  constructor(
    private readonly policy: ErrorPolicy,
    converters: RecordConverters,
  ) {
    this.errant = new ErrantRecords(policy, (record) => originalOf(record) ?? serialized(record, converters));
    this.reporter = policy.reports ? this.errant : undefined;
  }

  /** For a record that `put` threw at: as if the task had reported it. Throws where that would. */
  putFailed(record: SinkRecord, error: unknown): void {
    void this.errant.report(record, error);
  }

  /** After each `put`: throws where a record that the task reported could not be told. */
  check(): void {
    this.errant.check();
  }

  /** Before more records are read: throws where a report was lost, and waits where too many are on their way. */
  async ready(): Promise<void> {
    this.policy.check();
    await this.policy.room();
  }

  /** Before offsets are committed: resolves when all reports are safe, throws where one is not and never will be. */
  async done(): Promise<void> {
    await this.policy.reportsDone();
    this.errant.check();
  }
}

/** A record that the task made from nothing, as the connector's own converters would have written it. */
function serialized(record: SinkRecord, { key, value, header }: RecordConverters): ConsumedRecord {
  const { topic } = record;
  return {
    topic,
    partition: record.kafkaPartition ?? record.originalKafkaPartition,
    offset: record.kafkaOffset,
    timestamp: record.timestamp ?? -1,
    timestampType: record.timestampType,
    key: bytesOf(key.instance.fromConnectData(topic, record.keySchema, record.key)),
    value: bytesOf(value.instance.fromConnectData(topic, record.valueSchema, record.value)),
    headers: record.headers?.map((each) => ({
      key: each.key,
      value: bytesOf(header.instance.fromConnectHeader(topic, each.key, each.schema, each.value)),
    })),
  };
}

function bytesOf(bytes: string | Uint8Array | null): Buffer | null {
  if (bytes === null) return null;
  return typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
