import type { ConnectHeaders } from './headers.js';
import type { ConnectValue, Schema } from './schema.js';

/** Identifies where in the source system a record came from, e.g. `{ filename: '/a' }`. Values are primitives. */
export type SourcePartition = { readonly [key: string]: OffsetValue };
/** A position inside a {@link SourcePartition}, e.g. `{ position: 42 }`. Values are primitives. */
export type SourceOffset = { readonly [key: string]: OffsetValue };
export type OffsetValue = string | number | bigint | boolean | null;

/** What every record has. `key` and `value` are described by their schemas; a null schema means schemaless. */
export interface ConnectRecord {
  readonly topic: string;
  /** null in a source record: the partitioner chooses */
  readonly kafkaPartition: number | null;
  readonly keySchema: Schema | null;
  readonly key: ConnectValue;
  readonly valueSchema: Schema | null;
  readonly value: ConnectValue;
  /** milliseconds since the epoch; null: not set */
  readonly timestamp: number | null;
  /** undefined where the record has none; use `headersOf(record)` to read without caring */
  readonly headers: ConnectHeaders | undefined;
}

/** A record that a source task read, on its way to Kafka. Only the first three members and `value` are usually given. */
export interface SourceRecord extends ConnectRecord {
  readonly sourcePartition: SourcePartition;
  readonly sourceOffset: SourceOffset;
}

/** What a source task may leave out when it makes a record with {@link sourceRecord}. */
export type SourceRecordInit = Pick<SourceRecord, 'sourcePartition' | 'sourceOffset' | 'topic'> & Partial<SourceRecord>;

/** Makes a source record; what is left out is null (schemas, key, value, partition, timestamp). */
export function sourceRecord(init: SourceRecordInit): SourceRecord {
  return {
    sourcePartition: init.sourcePartition,
    sourceOffset: init.sourceOffset,
    topic: init.topic,
    kafkaPartition: init.kafkaPartition ?? null,
    keySchema: init.keySchema ?? null,
    key: init.key ?? null,
    valueSchema: init.valueSchema ?? null,
    value: init.value ?? null,
    timestamp: init.timestamp ?? null,
    headers: init.headers,
  };
}

export type TimestampType = 'NoTimestampType' | 'CreateTime' | 'LogAppendTime';

/** A record read from Kafka, on its way into a sink task. */
export interface SinkRecord extends ConnectRecord {
  readonly kafkaPartition: number;
  readonly kafkaOffset: number;
  readonly timestampType: TimestampType;
  /** where the record was before any transform changed topic or partition; offsets are committed by these */
  readonly originalTopic: string;
  readonly originalKafkaPartition: number;
  readonly originalKafkaOffset: number;
}

/** A partition of a Kafka topic. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** A partition and the offset of the next record to read from it. */
export interface TopicPartitionOffset extends TopicPartition {
  readonly offset: number;
}

/** Where an acknowledged record landed. */
export interface RecordMetadata extends TopicPartitionOffset {
  /** milliseconds since the epoch */
  readonly timestamp: number;
}
