import type { OutgoingRecord } from '../api.js';
import { KafkaError } from '../errors.js';
import { largestBatchSize } from '../records/encode-batch.js';

/** Why a record can never be produced, if it cannot. The texts are the reference's. */
export function recordFault(record: OutgoingRecord, maxRequestSize: number): KafkaError | undefined {
  const { timestamp, partition } = record;
  if (timestamp !== null && (timestamp < -1 || !Number.isSafeInteger(timestamp))) {
    return new KafkaError(`Invalid record timestamp ${timestamp}`, {
      retriable: false,
      referenceClass: 'org.apache.kafka.common.InvalidRecordException',
    });
  }
  if (partition !== null && (partition < 0 || !Number.isInteger(partition))) {
    return new KafkaError(`Invalid partition: ${partition}. Partition number should always be non-negative or null.`, {
      retriable: false,
      referenceClass: 'java.lang.IllegalArgumentException',
    });
  }
  if (roughSize(record) <= maxRequestSize) return undefined;
  const size = largestBatchSize(record);
  if (size <= maxRequestSize) return undefined;
  return new KafkaError(
    `The message is ${size} bytes when serialized which is larger than ${maxRequestSize}, which is the value of the max.request.size configuration.`,
    {
      retriable: false,
      kafkaCode: 'MESSAGE_TOO_LARGE',
      referenceClass: 'org.apache.kafka.common.errors.RecordTooLargeException',
    },
  );
}

/** Never less than the real size; cheap, because nearly every record is far below the limit. */
function roughSize(record: OutgoingRecord): number {
  let characters = (record.key?.length ?? 0) + (record.value?.length ?? 0);
  if (record.headers !== undefined) {
    for (const { key, value } of record.headers) characters += key.length + (value?.length ?? 0) + 10;
  }
  return characters * 3 + 128;
}
