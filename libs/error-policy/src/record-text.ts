import { headersOf, javaToString, type Schema, type SourceRecord } from '@tributary/connect-api';
import type { ConsumedRecord, FailedStep } from './stages.js';

/** The record that failed, as the end of a log line. */
export function recordText(subject: FailedStep['subject']): string {
  if ('sourcePartition' in subject) return `, where source record is = ${sourceRecordText(subject)}`;
  return `, where consumed record is ${consumedRecordText(subject)}`;
}

function consumedRecordText({ topic, partition, offset, timestamp, timestampType }: ConsumedRecord): string {
  const time = timestampType === 'NoTimestampType' ? '' : `, timestamp=${timestamp}, timestampType=${timestampType}`;
  return `{topic='${topic}', partition=${partition}, offset=${offset}${time}}`;
}

function sourceRecordText(record: SourceRecord): string {
  const { sourcePartition, sourceOffset, topic, kafkaPartition, key, keySchema, value, valueSchema, timestamp } =
    record;
  const headers = headersOf(record).map(
    (header) =>
      `ConnectHeader(key=${header.key}, value=${javaToString(header.value, header.schema)}, schema=${schemaText(header.schema)})`,
  );
  return (
    `SourceRecord{sourcePartition=${javaToString(sourcePartition)}, sourceOffset=${javaToString(sourceOffset)}} ` +
    `ConnectRecord{topic='${topic}', kafkaPartition=${String(kafkaPartition)}, ` +
    `key=${javaToString(key, keySchema)}, keySchema=${schemaText(keySchema)}, ` +
    `value=${javaToString(value, valueSchema)}, valueSchema=${schemaText(valueSchema)}, ` +
    `timestamp=${String(timestamp)}, headers=ConnectHeaders(headers=${headers.length > 0 ? `[${headers.join(', ')}]` : ''})}`
  );
}

function schemaText(schema: Schema | null): string {
  if (schema === null) return 'null';
  return schema.name === null ? `Schema{${schema.type}}` : `Schema{${schema.name}:${schema.type}}`;
}
